//! The names a made-up humanity bears: given names with what friends make of them, family names, trades, towns.
//!
//! Written down before there was anything to recognise them by, and apart from the recogniser's own list of nicknames:
//! some short forms here stand in no list, as in life.

/// Given names, the frequent ones first, each with short forms friends use.
pub(super) const GIVEN: &[(&str, &[&str])] = &[
    ("Anna", &["Anni", "Änne"]),
    ("Michael", &["Michi", "Micha"]),
    ("Thomas", &["Tom", "Tommi"]),
    ("Maria", &["Mia", "Mari"]),
    ("Andreas", &["Andi", "Andy"]),
    ("Katharina", &["Kathi", "Katha", "Käthe"]),
    ("Christian", &["Chris"]),
    ("Julia", &["Jule"]),
    ("Stefan", &["Steff"]),
    ("Sabine", &["Bine"]),
    ("Daniel", &["Dani"]),
    ("Elisabeth", &["Lisa", "Lisbeth", "Sissi"]),
    ("Alexander", &["Alex", "Sascha"]),
    ("Susanne", &["Susi", "Sanne"]),
    ("Matthias", &["Matze", "Matthi"]),
    ("Claudia", &["Claudi"]),
    ("Jörg", &[]),
    ("Johannes", &["Hannes", "Jo"]),
    ("Sarah", &[]),
    ("Jürgen", &[]),
    ("Martin", &[]),
    ("Franziska", &["Franzi", "Ziska"]),
    ("Sebastian", &["Basti", "Seb"]),
    ("Barbara", &["Babsi", "Bärbel"]),
    ("Wolfgang", &["Wolf"]),
    ("Friederike", &["Rike", "Fritzi"]),
    ("Benjamin", &["Ben", "Benni"]),
    ("Birgit", &["Biggi"]),
    ("Günther", &["Günni"]),
    ("Magdalena", &["Lena", "Leni"]),
    ("Maximilian", &["Max", "Maxi"]),
    ("Ursula", &["Uschi", "Ulla"]),
    ("Robert", &["Rob", "Bob"]),
    ("Christina", &["Tina", "Chrissi"]),
    ("Florian", &["Flo"]),
    ("Nicole", &["Nici"]),
    ("William", &["Bill", "Will"]),
    ("Ayşe", &[]),
    ("Tobias", &["Tobi"]),
    ("Heike", &[]),
    ("Peter", &["Pit"]),
    ("Angelika", &["Geli"]),
    ("Mehmet", &[]),
    ("Carolin", &["Caro", "Line"]),
    ("James", &["Jim", "Jimmy"]),
    ("Margarete", &["Grete", "Gretel"]),
    ("Dominik", &["Nik"]),
    ("Renée", &[]),
    ("Philipp", &["Phil"]),
    ("Gabriele", &["Gabi"]),
    ("Søren", &[]),
    ("Edward", &["Ed", "Ted"]),
    ("Josephine", &["Josi", "Fine"]),
    ("Łukasz", &["Luki"]),
    ("Veronika", &["Vroni"]),
    ("José", &["Pepe"]),
    ("Antonia", &["Toni"]),
    ("Vincent", &["Vince"]),
    ("Ingeborg", &["Inge"]),
    ("Zoë", &[]),
];

/// Given names without short forms.
#[rustfmt::skip]
pub(super) const PLAIN: &[&str] = &[
    "Ahmed", "Aaron", "Adam", "Adrian", "Agnes", "Albert", "Alfred", "Alina", "Amelie", "Amir",
    "Anke", "Anton", "Arne", "Axel", "Beate", "Bernd", "Bianca", "Björn", "Bruno", "Carla",
    "Carsten", "Cem", "Charlotte", "Clara", "Clemens", "Cornelia", "Dagmar", "David", "Denise",
    "Detlef", "Dieter", "Dilara", "Doris", "Eberhard", "Elena", "Elias", "Emil", "Emma", "Eric",
    "Erika", "Ernst", "Esther", "Eva", "Fabian", "Fatma", "Felix", "Ferdinand", "Finn", "Frank",
    "Frida", "Frieda", "Fynn", "Georg", "Gerda", "Gerhard", "Gisela", "Greta", "Gudrun", "Hakan",
    "Hanna", "Harald", "Hatice", "Hedwig", "Heidi", "Heinz", "Helga", "Henrik", "Holger", "Ida",
    "Ines", "Ingo", "Ingrid", "Irene", "Iris", "Isabel", "Jan", "Jana", "Jannis", "Jasmin",
    "Jens", "Jonas", "Judith", "Jutta", "Kai", "Karin", "Karla", "Kerstin", "Kevin", "Kim",
    "Klara", "Klaus", "Konstantin", "Kurt", "Lara", "Lars", "Laura", "Leon", "Leonie", "Linda",
    "Lothar", "Louis", "Ludwig", "Luise", "Lukas", "Malte", "Manfred", "Manuel", "Marcel",
    "Marco", "Marianne", "Marion", "Markus", "Marlene", "Melanie", "Merle", "Miriam", "Moritz",
    "Nadine", "Natalie", "Nele", "Nina", "Nora", "Norbert", "Olaf", "Oliver", "Olga", "Oskar",
    "Paul", "Paula", "Patrick", "Petra", "Pia", "Rainer", "Ralf", "Regina", "Renate", "Rita",
    "Rolf", "Ruth", "Sandra", "Saskia", "Sibylle", "Silke", "Simon", "Simone", "Sofia", "Sonja",
    "Stella", "Sven", "Svenja", "Tanja", "Tarik", "Theo", "Thea", "Tim", "Timo", "Torsten", "Udo",
    "Ulrike", "Uwe", "Ute", "Vera", "Viktor", "Volker", "Walter", "Wiebke", "Wilhelm", "Yannick",
    "Yusuf", "Yvonne",
];

/// Family names, the frequent ones first.
#[rustfmt::skip]
pub(super) const FAMILY: &[&str] = &[
    "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz",
    "Hoffmann", "Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann",
    "Schwarz", "Zimmermann", "Braun", "Krüger", "Hofmann", "Hartmann", "Lange", "Schmitt",
    "Werner", "Krause", "Meier", "Lehmann", "Köhler", "Herrmann", "König", "Walter", "Mayer",
    "Huber", "Kaiser", "Fuchs", "Peters", "Lang", "Scholz", "Möller", "Weiß", "Jung", "Hahn",
    "Schubert", "Vogel", "Friedrich", "Keller", "Günther", "Frank", "Berger", "Winkler", "Roth",
    "Beck", "Lorenz", "Baumann", "Franke", "Albrecht", "Schuster", "Simon", "Ludwig", "Böhm",
    "Winter", "Kraus", "Martin", "Schumacher", "Krämer", "Vogt", "Stein", "Jäger", "Otto",
    "Sommer", "Groß", "Seidel", "Heinrich", "Brandt", "Haas", "Schreiber", "Graf", "Dietrich",
    "Ziegler", "Kuhn", "Kühn", "Pohl", "Engel", "Horn", "Busch", "Bergmann", "Thomas", "Voigt",
    "Sauer", "Arnold", "Wolff", "Pfeiffer", "Yılmaz", "Kaya", "Demir", "Öztürk", "Nguyen",
    "Kowalski", "Nowak", "Smith", "Jones", "Taylor", "Brown", "Evans", "García", "Rossi",
    "Sørensen", "Lindström", "Novák", "Petrović", "Popescu", "Dupont", "O’Brien", "van Dijk",
    "von Thun", "Großkopf", "Rübenacker", "Tschernitz", "Ångström", "Quandt", "Wurzbacher",
    "Zähringer", "Überall", "Ehrlicher", "Fönfeld", "Strömsdörfer", "Isselhorst", "Quitmann",
];

/// Beginnings and ends of which most family names are put together.
#[rustfmt::skip]
pub(super) const FAMILY_PARTS: (&[&str], &[&str]) = (
    &[
        "Stein", "Berg", "Ober", "Nieder", "Wald", "Feld", "Bach", "Eich", "Linden", "Rosen",
        "Hoch", "Alt", "Neu", "Birken", "Buch", "Dorn", "Eber", "Eisen", "Falken", "Frieden",
        "Garten", "Gold", "Grün", "Hagen", "Hasel", "Heiden", "Hirsch", "Holz", "Kalten", "Kirch",
        "Kron", "Lauter", "Löwen", "Mühl", "Rauch", "Reichen", "Rüben", "Sand", "Schön", "Silber",
        "Tannen", "Teich", "Weiden", "Wein", "Wester", "Winter", "Wolfs", "Zell",
    ],
    &[
        "bach", "bauer", "berg", "berger", "böck", "born", "brink", "bruch", "brunner", "burger",
        "dorf", "dörfer", "eck", "feld", "felder", "furt", "graf", "häuser", "haus", "heim",
        "heimer", "hof", "hofer", "holz", "huber", "hütter", "kamp", "koch", "lein", "loh",
        "mann", "mayr", "meier", "müller", "ner", "rath", "reiter", "röder", "schmidt", "städter",
        "stein", "steiner", "thal", "thaler", "wald", "weber", "wirth",
    ],
);

/// Words people call themselves by where nobody needs to know them.
#[rustfmt::skip]
pub(super) const FANCY: &[&str] = &[
    "nachteule", "kaffee", "pixel", "waldgeist", "moewe", "bergziege", "null", "kompost",
    "funken", "papier", "brause", "luchs", "leise", "lakritz", "seegras", "tinte", "mond",
    "schraube", "kranich", "nebel", "ahorn", "spatz", "hummel", "komet", "linse", "kiesel",
    "zimt", "amsel", "wolke", "distel",
];

/// Bodies that people work for.
#[rustfmt::skip]
pub(super) const BODIES: &[&str] = &[
    "Stadtbücherei", "Museum am Fluss", "Zweirad", "Lichtwerk", "Bäckerei Korn", "Umweltbund",
    "Turnverein", "Verlag Nord", "Datenhaus", "Klinikum", "Solarstrom", "Kulturamt",
    "Radio Welle", "Hochschule", "Theater", "Genossenschaft", "Kanzlei", "Imkerei", "Werkstatt",
    "Volksbank",
];

/// Towns.
#[rustfmt::skip]
pub(super) const TOWNS: &[&str] = &[
    "Berlin", "Hamburg", "München", "Köln", "Leipzig", "Wien", "Zürich", "Göttingen", "Jena",
    "Düsseldorf", "Graz", "Bremen", "Lübeck", "Kiel", "Freiburg",
];

pub(super) fn given_name(number: usize) -> &'static str {
    let plain = || PLAIN.get(number - GIVEN.len()).copied();
    GIVEN.get(number).map(|(name, _)| *name).or_else(plain).unwrap_or_default()
}

pub(super) fn family_name(number: usize) -> String {
    if let Some(name) = FAMILY.get(number) {
        return (*name).to_owned();
    }
    let ((fronts, ends), number) = (FAMILY_PARTS, number - FAMILY.len());
    let front = fronts.get(number / ends.len()).copied().unwrap_or_default();
    format!("{front}{}", ends.get(number % ends.len()).copied().unwrap_or_default())
}

/// Writes a name in the letters a handle may have.
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in spell(name, true).to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter);
        }
    }
    plain
}

/// Writes a name without umlauts and accents: with a second vowel, as Germans do, or without, as others do.
pub(super) fn spell(name: &str, has_second: bool) -> String {
    let mut spelled = String::new();
    for letter in name.chars() {
        let (one, two) = match letter {
            'ä' => ("a", "ae"),
            'ö' | 'ø' => ("o", "oe"),
            'ü' => ("u", "ue"),
            'Ä' => ("A", "Ae"),
            'Ö' => ("O", "Oe"),
            'Ü' => ("U", "Ue"),
            'ß' => ("ss", "ss"),
            'é' | 'ë' => ("e", "e"),
            'í' | 'ı' => ("i", "i"),
            'á' | 'å' => ("a", "a"),
            'Å' => ("A", "A"),
            'Ł' => ("L", "L"),
            'ş' => ("s", "s"),
            'ć' => ("c", "c"),
            other => {
                spelled.push(other);
                continue;
            }
        };
        spelled.push_str(if has_second { two } else { one });
    }
    spelled
}
