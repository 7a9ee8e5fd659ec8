//! Whom the fictional library knows: sixty accounts of a town that does not exist, and the rhythm of each.

/// How contact with one account runs over the years. Days count from the library's first day.
#[derive(Clone, Copy)]
pub(super) enum Rhythm {
    /// From a day on to the end, every so many days in the mean.
    Steady(u32, u32),
    /// Between two days, every so many days in the mean; nothing since.
    Lapsed(u32, u32, u32),
    /// From a day on, with gaps that grow by a tenth from the given one.
    Fading(u32, u32),
    /// So often in the summer reading club of June 2025, and so often afterwards.
    Campaign(u32, u32),
}

use Rhythm::{Campaign, Fading, Lapsed, Steady};

/// One account: name, host, rhythm.
pub(super) type Person = (&'static str, &'static str, Rhythm);

/// The sixty. Hosts with `xn--` are bücherwurm, mühlbach and çarşı.
pub(super) const PEOPLE: [Person; 60] = [
    ("kulturamt", "kultur.example", Steady(3, 17)),
    ("vhs", "bildung.example", Steady(10, 21)),
    ("grundschule_nord", "schule.example", Steady(20, 24)),
    ("buchhandlung_weiss", "handel.example", Steady(5, 26)),
    ("stadtarchiv", "kultur.example", Steady(40, 30)),
    ("ayse_yildiz", "xn--ar-3ia21a0h.example", Steady(60, 16)),
    ("marlene.hoffmann", "social.example", Steady(1, 19)),
    ("jonas_keller", "social.example", Steady(90, 28)),
    ("lesepaten", "xn--bcherwurm-q9a.example", Steady(30, 22)),
    ("kinderbuchladen", "xn--bcherwurm-q9a.example", Steady(120, 33)),
    ("museum_muehlbach", "xn--mhlbach-n2a.example", Steady(15, 36)),
    ("stadtradio", "funk.example", Steady(50, 38)),
    ("oezlem_kaya", "xn--ar-3ia21a0h.example", Steady(200, 20)),
    ("nadia_haddad", "viele.example", Steady(260, 31)),
    ("piotr_nowak", "viele.example", Steady(330, 45)),
    ("stadtwerke", "stadt.example", Steady(100, 60)),
    ("feuerwehr", "stadt.example", Steady(210, 75)),
    ("musikschule", "bildung.example", Steady(300, 27)),
    ("integrationsrat", "viele.example", Steady(400, 42)),
    ("repaircafe", "verein.example", Steady(470, 29)),
    ("tafel_muehlbach", "xn--mhlbach-n2a.example", Steady(520, 55)),
    ("gesamtschule_sued", "schule.example", Campaign(14, 9)),
    ("schwimmverein", "verein.example", Campaign(9, 0)),
    ("eisdiele_dolomiti", "handel.example", Campaign(7, 0)),
    ("kita_regenbogen", "kita.example", Campaign(11, 6)),
    ("kita_sonnenhof", "kita.example", Campaign(8, 0)),
    ("mama_bloggt", "social.example", Campaign(10, 1)),
    ("papa_liest_vor", "social.example", Campaign(12, 5)),
    ("verlag_papiertiger", "verlag.example", Campaign(9, 1)),
    ("autorin_lea_brandt", "verlag.example", Campaign(13, 2)),
    ("illustrator_tom", "kunst.example", Campaign(8, 0)),
    ("ferienpass", "stadt.example", Campaign(10, 0)),
    ("jugendzentrum", "verein.example", Campaign(9, 7)),
    ("mehmet_liest", "xn--ar-3ia21a0h.example", Campaign(7, 1)),
    ("familie_sommer", "social.example", Campaign(6, 0)),
    ("zoohandlung_pfote", "handel.example", Campaign(5, 0)),
    ("sportbund", "verein.example", Campaign(6, 0)),
    ("buchbloggerin_ines", "lesen.example", Campaign(12, 1)),
    ("comic_ecke", "lesen.example", Campaign(8, 0)),
    ("sparkassenstiftung", "handel.example", Campaign(7, 0)),
    ("lokalzeitung", "funk.example", Campaign(15, 4)),
    ("theaterverein", "verein.example", Lapsed(20, 420, 24)),
    ("gartenfreunde", "verein.example", Lapsed(70, 500, 31)),
    ("repro_kollektiv", "kunst.example", Lapsed(30, 330, 21)),
    ("svetlana_k", "viele.example", Lapsed(150, 640, 26)),
    ("altes_kino", "kultur.example", Lapsed(10, 700, 34)),
    ("uni_bibliothek", "bildung.example", Lapsed(5, 560, 23)),
    ("hackspace", "verein.example", Lapsed(250, 610, 29)),
    ("dichterkreis", "lesen.example", Lapsed(110, 520, 40)),
    ("emre_demir", "xn--ar-3ia21a0h.example", Lapsed(300, 760, 28)),
    ("wanderclub", "verein.example", Lapsed(80, 390, 33)),
    ("greta_olsson", "nord.example", Lapsed(45, 310, 18)),
    ("landfrauen", "verein.example", Fading(60, 16)),
    ("stadtteilbuero", "stadt.example", Fading(130, 12)),
    ("fotoclub", "kunst.example", Fading(240, 11)),
    ("chor_muehlbach", "xn--mhlbach-n2a.example", Fading(180, 14)),
    ("weltladen", "handel.example", Fading(350, 10)),
    ("lucia_romano", "viele.example", Fading(410, 9)),
    ("stadtplanung", "stadt.example", Fading(90, 20)),
    ("fahrradkurier_timo", "social.example", Fading(540, 13)),
];

/// Followed and never written to.
pub(super) const SILENT: [(&str, &str); 12] = [
    ("bibliotheksverband", "bildung.example"),
    ("wetterdienst", "funk.example"),
    ("landesarchiv", "kultur.example"),
    ("openaccess", "bildung.example"),
    ("spielewelt", "lesen.example"),
    ("hoerbuchtipps", "lesen.example"),
    ("lyrik_am_morgen", "lesen.example"),
    ("bahnhof", "stadt.example"),
    ("denkmalschutz", "kultur.example"),
    ("leseforschung", "bildung.example"),
    ("sagen_und_maerchen", "xn--bcherwurm-q9a.example"),
    ("nachbarstadt", "stadt.example"),
];
