//! One log in every form reads the same, and what cannot be read is named with its place.

use std::{error::Error as _, fs, io::Write as _};

use super::*;

/// Reads a file of that name and content.
fn read_as(name: &str, content: &[u8]) -> Result<Log, LogFileError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, content).unwrap();
    read(&path)
}

fn told(log: &Log) -> Vec<String> {
    let name = |id: AccountId| &log.names[id.index()];
    let row = |it: &Interaction| {
        format!("{} {} {} {}", name(it.from), name(it.to), it.at.unix_ms(), it.kind.name())
    };
    log.interactions.iter().map(row).collect()
}

/// Returns what is said of content that cannot be read, without the folder.
fn fault(name: &str, content: &[u8]) -> String {
    let error = read_as(name, content).unwrap_err();
    let cause = error.source().map(|cause| format!(" because {cause}")).unwrap_or_default();
    let text = error.to_string();
    format!("{}{cause}", text.rsplit('/').next().unwrap())
}

#[test]
fn the_same_log_in_every_form() {
    let expected = [
        "zoe ann 1000000000000 reply",
        "ann zoe 1000000060000 message",
        "ben ann 1787000000500 message",
    ];
    let csv = "\u{feff}t,src,dst,kind\n1000000000,zoe,ann,reply\n2001-09-09T01:47:40Z,ann,zoe,x\n\n1787000000500,ben,ann,\n";
    let by_csv = read_as("log.csv", csv.as_bytes()).unwrap();
    assert_eq!(told(&by_csv), expected);
    assert_eq!(by_csv.names, ["ann", "ben", "zoe"]);
    let semicolons = csv.replace(',', ";").replace("zoe;ann", "\"zoe\";\"ann\"");
    assert_eq!(read_as("log.csv", semicolons.as_bytes()).unwrap(), by_csv);
    let json = "{\"src\":\"zoe\",\"dst\":\"ann\",\"t\":1000000000,\"kind\":\"reply\"}\n{\"dst\":\"zoe\",\"src\":\"ann\",\"t\":\"2001-09-09T01:47:40\"}\n{\"src\":\"ben\",\"dst\":\"ann\",\"t\":1787000000.5,\"kind\":null}";
    assert_eq!(read_as("log.jsonl", json.as_bytes()).unwrap(), by_csv);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(csv.as_bytes()).unwrap();
    assert_eq!(read_as("LOG.CSV.GZ", &packed.finish().unwrap()).unwrap(), by_csv);
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    assert_eq!(fault("a.xlsx", b""), "a.xlsx is neither .csv nor .jsonl nor .parquet");
    assert_eq!(fault("a.csv", b"from,to,t\n"), "a.csv has no column `src`");
    assert_eq!(
        fault("a.csv", b"src,dst,t\na,b,1\na,b,soon\n"),
        "a.csv, line 3: `soon` is no moment"
    );
    assert_eq!(fault("a.csv", b"src,dst,t\na,b,nan\n"), "a.csv, line 2: `nan` is no moment");
    assert_eq!(fault("a.csv", b"src,dst,t\na,b\n"), "a.csv, line 2: it has 2 columns of 3");
    assert_eq!(
        fault("a.csv", b"src,dst,t\na,,1\n"),
        "a.csv, line 2: src and dst must not be empty"
    );
    assert_eq!(
        fault("a.csv", b"src,dst,t\n\"a,b,1\n"),
        "a.csv, line 2: a quotation mark is not closed"
    );
    assert_eq!(fault("a.csv", b"src,dst,t\n\xff,b,1\n"), "a.csv, line 2: it is not UTF-8");
    assert!(fault("a.jsonl", b"{\"src\":1}\n").starts_with("a.jsonl, line 1: missing field `dst`"));
    assert!(fault("a.csv.gz", b"src,dst,t\n").contains("because invalid gzip header"));
    let long = [b"src,dst,t\n".as_slice(), &vec![b'x'; 2 << 20]].concat();
    assert!(fault("a.csv", &long).contains("a line is longer than a megabyte"));
    assert!(
        read(Path::new("/nowhere/log.csv")).unwrap_err().to_string().starts_with("cannot read")
    );
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_read_by_name_and_what_is_none_is_refused() {
    use std::sync::Arc;

    use ::parquet::{
        data_type::{ByteArray, ByteArrayType, Int64Type},
        file::{properties::WriterProperties, writer::SerializedFileWriter},
        schema::parser::parse_message_type,
    };

    let schema = "message log { REQUIRED INT64 t (TIMESTAMP(MILLIS,true)); REQUIRED BYTE_ARRAY src (UTF8); REQUIRED INT64 dst; }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer =
        SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::default()))
            .unwrap();
    let mut rows = writer.next_row_group().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&[1_000, 2_000], None, None).unwrap();
    column.close().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    let names = [ByteArray::from("ann"), ByteArray::from("ben")];
    column.typed::<ByteArrayType>().write_batch(&names, None, None).unwrap();
    column.close().unwrap();
    let mut column = rows.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&[7, 7], None, None).unwrap();
    column.close().unwrap();
    rows.close().unwrap();
    let bytes = writer.into_inner().unwrap();
    let log = read_as("log.parquet", &bytes).unwrap();
    assert_eq!(told(&log), ["ann 7 1000 message", "ben 7 2000 message"]);
    for cut in 0..bytes.len() {
        assert!(fault("log.parquet", &bytes[..cut]).starts_with("log.parquet because"), "{cut}");
    }
    // A damaged byte may change a value, but it does not end the program.
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        drop(read_as("log.parquet", &damaged));
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_parquet_it_is_said_how_to_get_it() {
    assert_eq!(fault("a.parquet", b""), "a.parquet: this program was built without Parquet");
}
