//! Whom the fictional library meets beside Mastodon, where, and in which rhythm. Nobody of them exists.

/// How contact runs over the years. Days count from 1970; 2023-01-01 is 19,358.
#[derive(Clone, Copy)]
pub(super) enum Rhythm {
    /// From a day on to the end, every so many days in the mean.
    Steady(u32, u32),
    /// Between two days, every so many days in the mean; nothing since.
    Lapsed(u32, u32, u32),
    /// From a day on, with gaps that grow by an eighth from the given one.
    Fading(u32, u32),
    /// Since the autumn campaign of August 2026.
    Autumn,
}

use Rhythm::{Autumn, Fading, Lapsed, Steady};

/// Somebody, and where they are met.
pub(super) struct Person {
    pub(super) name: &'static str,
    pub(super) instagram: Option<&'static str>,
    pub(super) mail: Option<&'static str>,
    /// Whether they come to the library, and the visits are written down.
    pub(super) visits: bool,
    pub(super) rhythm: Rhythm,
}

const fn on_instagram(name: &'static str, handle: &'static str, rhythm: Rhythm) -> Person {
    Person { name, instagram: Some(handle), mail: None, visits: false, rhythm }
}

const fn by_mail(name: &'static str, address: &'static str, rhythm: Rhythm) -> Person {
    Person { name, instagram: None, mail: Some(address), visits: false, rhythm }
}

const fn in_person(name: &'static str, rhythm: Rhythm) -> Person {
    Person { name, instagram: None, mail: None, visits: true, rhythm }
}

/// Everybody. Some are known from Mastodon by another handle, two from Instagram and by mail.
pub(super) const PEOPLE: [Person; 46] = [
    on_instagram("Marlene Hoffmann", "marlenehoffmann", Steady(19_400, 14)),
    on_instagram("Ayşe Yıldız", "ayseyildiz", Steady(19_420, 18)),
    on_instagram("Kinderbuchladen Bücherwurm", "kinderbuchladenbuecherwurm", Steady(19_390, 25)),
    on_instagram("Jonas Keller", "jonaskellerliest", Steady(19_500, 30)),
    on_instagram("Lea Brandt", "autorinleabrandt", Steady(19_900, 22)),
    on_instagram("Theater im Hof", "theaterimhof", Lapsed(19_450, 20_100, 20)),
    on_instagram("Café Lindner", "cafelindner", Lapsed(19_600, 20_250, 26)),
    on_instagram("Paulina Sokołowska", "paulinasoko", Fading(19_700, 10)),
    on_instagram("Mehmet Arslan", "mehmetarslanliest", Fading(19_800, 12)),
    on_instagram("Buchclub Mühlbach", "buchclubmuehlbach", Steady(19_550, 12)),
    on_instagram("Ines Albers", "buchbloggerinines", Lapsed(20_240, 20_330, 6)),
    on_instagram("Tom Berger", "illustratortom", Lapsed(20_240, 20_300, 6)),
    on_instagram("Familie Sommer", "familiesommer", Lapsed(20_242, 20_290, 7)),
    on_instagram("Nora Wendt", "norawendtnaeht", Fading(20_000, 14)),
    on_instagram("Stadtmuseum Mühlbach", "stadtmuseummuehlbach", Steady(19_480, 40)),
    on_instagram("Greta Olsson", "gretaoliest", Autumn),
    on_instagram("Samira El-Khatib", "samiraelkhatib", Autumn),
    on_instagram("Finn Petersen", "finnpetersencomics", Autumn),
    on_instagram("Lesecafé Nord", "lesecafenord", Autumn),
    on_instagram("Hannah Vogt", "hannahvogtbuecher", Autumn),
    on_instagram("Djamila Benali", "djamilabenali", Autumn),
    Person {
        name: "Özlem Kaya",
        instagram: Some("oezlemkaya"),
        mail: Some("oezlem.kaya@schule.example"),
        visits: false,
        rhythm: Steady(19_450, 20),
    },
    Person {
        name: "Nadia Haddad",
        instagram: Some("nadiahaddaderzaehlt"),
        mail: Some("nadia.haddad@viele.example"),
        visits: false,
        rhythm: Steady(19_700, 24),
    },
    by_mail("Grundschule Nord", "sekretariat@nord.schule.example", Steady(19_380, 16)),
    by_mail("Gesamtschule Süd", "bibliothek@sued.schule.example", Steady(19_410, 24)),
    by_mail("Kulturamt Mühlbach", "kulturamt@stadt.example", Steady(19_370, 12)),
    by_mail("Marta Nowak", "marta.nowak@lokalzeitung.example", Steady(19_600, 32)),
    by_mail("Verlag Papiertiger", "presse@papiertiger.example", Fading(19_500, 15)),
    by_mail("Buchhandlung Weiss", "laden@weiss.example", Steady(19_390, 28)),
    by_mail("Sparkassenstiftung", "stiftung@sparkasse.example", Steady(19_500, 60)),
    by_mail("Peter Lang", "peter.lang@uni.example", Lapsed(19_420, 20_050, 25)),
    by_mail("Volkshochschule", "programm@vhs.example", Steady(19_400, 20)),
    by_mail("Kita Sonnenhof", "leitung@sonnenhof.kita.example", Fading(19_950, 18)),
    by_mail("Kita Regenbogen", "leitung@regenbogen.kita.example", Steady(19_960, 26)),
    by_mail("Amtsblatt", "redaktion@amtsblatt.example", Lapsed(19_380, 19_900, 30)),
    by_mail("Landesverband", "info@landesverband.example", Steady(19_390, 70)),
    by_mail("Ben Achterberg", "ben.achterberg@funk.example", Fading(19_850, 20)),
    by_mail("Lucia Romano", "lucia.romano@viele.example", Lapsed(19_650, 20_330, 22)),
    in_person("Frau Dombrowski", Steady(19_400, 14)),
    in_person("Herr Yılmaz", Steady(19_450, 17)),
    in_person("Lesekreis am Dienstag", Steady(19_380, 21)),
    in_person("Wilhelm Kraus", Lapsed(19_400, 20_200, 15)),
    in_person("Emma und Ida", Fading(19_900, 9)),
    in_person("Frau Adeyemi", Steady(20_050, 23)),
    in_person("Klasse 4b", Steady(19_980, 35)),
    in_person("Herr Lindqvist", Lapsed(19_600, 20_400, 19)),
];
