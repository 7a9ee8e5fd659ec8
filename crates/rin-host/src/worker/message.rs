//! What host and worker say to each other: one frame a message, its kind and then its fields.
//!
//! Both speak the same build of this file: a worker of another version is refused by its first answer.

use rin_abi::ParamValue;
use rin_core::{Brief, Column, ColumnRequest, Minutes, Moment, Norm, Rule, Text, Window};

use super::wire::{Eye, Garbled, Pen};
use crate::LoadFault;

/// Changes with every change of anything said here.
pub(crate) const PROTOCOL: u32 = 2;

/// Longest message of a host, whom a worker trusts: the names of a source's files.
pub(crate) const MAX_QUESTION: usize = 256 << 20;

/// What a host says.
pub(crate) mod ask {
    pub(crate) const START: u8 = 1;
    pub(crate) const PROPOSE: u8 = 2;
    pub(crate) const REVIEW: u8 = 3;
    pub(crate) const PROBE: u8 = 4;
    pub(crate) const READ: u8 = 5;
    pub(crate) const RESET: u8 = 6;
    pub(crate) const RENEW: u8 = 7;
    /// Bytes of a file, answering `tell::WANT`.
    pub(crate) const BYTES: u8 = 8;
    /// A slot has been emptied.
    pub(crate) const EMPTIED: u8 = 9;
    /// What lies in the tray for the next question or bytes, where no memory is shared.
    pub(crate) const TRAY: u8 = 10;
    /// Nothing more is wanted in this turn, where no memory is shared.
    pub(crate) const STOP: u8 = 11;
}

/// What a worker says.
pub(crate) mod tell {
    /// How far it is confined; said before a byte of the library is looked at.
    pub(crate) const HELLO: u8 = 1;
    /// What its instance provides, and its norms.
    pub(crate) const READY: u8 = 2;
    /// Why there is no instance.
    pub(crate) const REFUSED: u8 = 3;
    pub(crate) const LOG: u8 = 4;
    /// A slot, or the bytes themselves, full of what the plugin hands over.
    pub(crate) const FULL: u8 = 5;
    /// It wants bytes of a file.
    pub(crate) const WANT: u8 = 6;
    pub(crate) const PROGRESS: u8 = 7;
    /// Why the source as a whole is unreadable.
    pub(crate) const FAIL: u8 = 8;
    /// The answer's status, with what was left to hand over.
    pub(crate) const END: u8 = 9;
    /// How many portions of the question have been answered, where no memory is shared.
    pub(crate) const ANSWERED: u8 = 10;
}

/// How a worker begins.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Opening {
    pub(crate) protocol: u32,
    pub(crate) host: u32,
    pub(crate) memory: u64,
    pub(crate) processor_s: u64,
    pub(crate) is_required: bool,
    pub(crate) is_strict: bool,
    pub(crate) max_level: u32,
    /// The file to open, where its bytes have not come along by themselves.
    pub(crate) library: Option<String>,
    /// What its manifest says, as [`rin_abi::host::Description`] carries it.
    pub(crate) expected: [Vec<String>; 5],
    pub(crate) columns: Vec<ColumnRequest>,
    pub(crate) values: Vec<ParamValue>,
}

impl Opening {
    pub(crate) fn write(&self, pen: &mut Pen) {
        pen.u32(self.protocol).u32(self.host).u64(self.memory).u64(self.processor_s);
        pen.flag(self.is_required).flag(self.is_strict).u32(self.max_level);
        pen.flag(self.library.is_some()).text(self.library.as_deref().unwrap_or_default());
        for list in &self.expected {
            pen.count(list.len());
            for text in list {
                pen.text(text);
            }
        }
        pen.count(self.columns.len());
        for request in &self.columns {
            pen.u32(request.column.id()).flag(request.is_optional);
        }
        pen.count(self.values.len());
        for value in &self.values {
            match value {
                ParamValue::Number(number) => pen.u8(1).f64(*number),
                ParamValue::Text(text) => pen.u8(2).text(text),
            };
        }
    }

    pub(crate) fn read(eye: &mut Eye<'_>) -> Result<Self, Garbled> {
        let mut opening = Self {
            protocol: eye.u32()?,
            host: eye.u32()?,
            memory: eye.u64()?,
            processor_s: eye.u64()?,
            is_required: eye.flag()?,
            is_strict: eye.flag()?,
            max_level: eye.u32()?,
            library: {
                let (is_some, path) = (eye.flag()?, eye.text()?);
                is_some.then(|| path.to_owned())
            },
            expected: Default::default(),
            columns: Vec::new(),
            values: Vec::new(),
        };
        for list in &mut opening.expected {
            for _ in 0..eye.count()? {
                list.push(eye.text()?.to_owned());
            }
        }
        for _ in 0..eye.count()? {
            let (column, is_optional) = (Column::from_id(eye.u32()?).ok_or(Garbled)?, eye.flag()?);
            opening.columns.push(ColumnRequest { column, is_optional });
        }
        for _ in 0..eye.count()? {
            opening.values.push(match eye.u8()? {
                1 => ParamValue::Number(eye.f64()?),
                _ => ParamValue::Text(eye.text()?.to_owned()),
            });
        }
        Ok(opening)
    }
}

/// Writes why there is no instance.
pub(crate) fn write_refusal(pen: &mut Pen, fault: &LoadFault) {
    match fault {
        LoadFault::NotALibrary { reason } => pen.u8(1).text(reason),
        LoadFault::NoEntry => pen.u8(2),
        LoadFault::WrongMagic { found } => pen.u8(3).u32(*found),
        LoadFault::WrongMajor { found, ours } => pen.u8(4).u32((*found).into()).u32((*ours).into()),
        LoadFault::WrongLayout { found, ours } => pen.u8(5).u32(*found).u32(*ours),
        LoadFault::ShortEntry { what } => pen.u8(6).text(what),
        LoadFault::Descriptor { what } => pen.u8(7).text(what),
        LoadFault::Params { said } => pen.u8(8).text(said),
        LoadFault::Create { code, said } => pen.u8(9).i32(*code).text(said),
        LoadFault::NotConfined { missing } => pen.u8(10).text(missing),
        other => pen.u8(11).text(&other.to_string()),
    };
}

/// Reads why there is no instance.
pub(crate) fn read_refusal(eye: &mut Eye<'_>) -> Result<LoadFault, Garbled> {
    let short = |number: u32| u16::try_from(number).map_err(|_| Garbled);
    Ok(match eye.u8()? {
        1 => LoadFault::NotALibrary { reason: eye.text()?.to_owned() },
        2 => LoadFault::NoEntry,
        3 => LoadFault::WrongMagic { found: eye.u32()? },
        4 => LoadFault::WrongMajor { found: short(eye.u32()?)?, ours: short(eye.u32()?)? },
        5 => LoadFault::WrongLayout { found: eye.u32()?, ours: eye.u32()? },
        6 => LoadFault::ShortEntry { what: eye.text()?.to_owned() },
        7 => LoadFault::Descriptor { what: eye.text()?.to_owned() },
        8 => LoadFault::Params { said: eye.text()?.to_owned() },
        9 => LoadFault::Create { code: eye.i32()?, said: eye.text()?.to_owned() },
        10 => LoadFault::NotConfined { missing: eye.text()?.to_owned() },
        11 => LoadFault::NoWorker { what: eye.text()?.to_owned() },
        _ => return Err(Garbled),
    })
}

/// An instance's norms, how many more have an unknown rule, or what is wrong with them; `None` for the manifest's.
pub(crate) type Norms = Option<Result<(Vec<Norm>, usize), String>>;

/// Writes the norms of an instance.
pub(crate) fn write_norms(pen: &mut Pen, norms: &Norms) {
    match norms {
        None => {
            pen.u8(0);
        }
        Some(Err(what)) => {
            pen.u8(1).text(what);
        }
        Some(Ok((norms, unknown))) => {
            pen.u8(2).u64(*unknown as u64).count(norms.len());
            for norm in norms {
                write_norm(pen, norm);
            }
        }
    }
}

fn write_norm(pen: &mut Pen, norm: &Norm) {
    let (rule, value) = norm.rule.to_parts();
    pen.text(&norm.id).u32(rule).f64(value).text(&norm.source);
    pen.text(&norm.text.en).text(&norm.text.de).count(norm.kinds.len());
    for kind in &norm.kinds {
        pen.text(kind);
    }
}

/// Reads the norms of an instance.
pub(crate) fn read_norms(eye: &mut Eye<'_>) -> Result<Norms, Garbled> {
    Ok(match eye.u8()? {
        0 => None,
        1 => Some(Err(eye.text()?.to_owned())),
        2 => {
            let unknown = usize::try_from(eye.u64()?).map_err(|_| Garbled)?;
            let norms = (0..eye.count()?).map(|_| read_norm(eye)).collect::<Result<_, _>>()?;
            Some(Ok((norms, unknown)))
        }
        _ => return Err(Garbled),
    })
}

fn read_norm(eye: &mut Eye<'_>) -> Result<Norm, Garbled> {
    let id = eye.text()?.to_owned();
    let rule = Rule::from_parts(eye.u32()?, eye.f64()?).ok_or(Garbled)?;
    let source = eye.text()?.to_owned();
    let text = Text { en: eye.text()?.to_owned(), de: eye.text()?.to_owned() };
    let kinds = (0..eye.count()?).map(|_| eye.text().map(str::to_owned));
    Ok(Norm { id, kinds: kinds.collect::<Result<_, _>>()?, rule, source, text })
}

/// Writes a campaign.
pub(crate) fn write_brief(pen: &mut Pen, brief: &Brief) {
    pen.i64(brief.window.start().unix_ms()).i64(brief.window.end().unix_ms());
    pen.f64(brief.posts_per_week).f64(brief.strangers_per_week).f64(brief.messages_per_week);
    pen.f64(brief.minutes_per_week.get()).u32(brief.team).flag(brief.automated);
}

/// Reads a campaign.
pub(crate) fn read_brief(eye: &mut Eye<'_>) -> Result<Brief, Garbled> {
    let at = Moment::from_unix_ms;
    Ok(Brief {
        window: Window::new(at(eye.i64()?), at(eye.i64()?)),
        posts_per_week: eye.f64()?,
        strangers_per_week: eye.f64()?,
        messages_per_week: eye.f64()?,
        minutes_per_week: Minutes::new(eye.f64()?),
        team: eye.u32()?,
        automated: eye.flag()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_arrives_as_it_was_said() {
        let faults = [
            LoadFault::NotALibrary { reason: "a".into() },
            LoadFault::NoEntry,
            LoadFault::WrongMagic { found: 3 },
            LoadFault::WrongMajor { found: 2, ours: 1 },
            LoadFault::WrongLayout { found: 4, ours: 5 },
            LoadFault::ShortEntry { what: "b".into() },
            LoadFault::Descriptor { what: "c".into() },
            LoadFault::Params { said: "d".into() },
            LoadFault::Create { code: -6, said: "e".into() },
            LoadFault::NotConfined { missing: "f".into() },
        ];
        for fault in faults {
            let mut pen = Pen::default();
            write_refusal(&mut pen, &fault);
            assert_eq!(read_refusal(&mut Eye::new(&pen.bytes)), Ok(fault));
        }
    }

    #[test]
    fn an_opening_and_norms_arrive_as_they_were_said() {
        let opening = Opening {
            protocol: PROTOCOL,
            host: 7,
            memory: 1 << 30,
            processor_s: 60,
            is_required: true,
            is_strict: false,
            max_level: 2,
            library: Some("/tmp/librin_x.so".into()),
            expected: [vec!["a".into()], vec![], vec!["b".into(), "ü".into()], vec![], vec![]],
            columns: vec![ColumnRequest::optional(Column::Alive)],
            values: vec![ParamValue::Number(0.5), ParamValue::Text("ü".into())],
        };
        let mut pen = Pen::default();
        opening.write(&mut pen);
        assert_eq!(Opening::read(&mut Eye::new(&pen.bytes)), Ok(opening));
        let text = Text { en: "a".into(), de: "b".into() };
        let norm = Norm {
            id: "n".into(),
            kinds: vec!["x".into()],
            rule: Rule::PerDay(3),
            source: "s".into(),
            text,
        };
        for norms in [None, Some(Err("bad".to_owned())), Some(Ok((vec![norm], 2)))] {
            let mut pen = Pen::default();
            write_norms(&mut pen, &norms);
            assert_eq!(read_norms(&mut Eye::new(&pen.bytes)), Ok(norms));
        }
    }
}
