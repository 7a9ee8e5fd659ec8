//! Short forms of given names in German and English, each family of forms a line, the full name first.
//!
//! Common knowledge, and short on purpose: a form that belongs to many names (Alex, Chris) stands with each of them, and
//! what stands nowhere is judged by the rest of the evidence.

use super::fold::fold;

/// Forms of one name.
const FORMS: &[&str] = &[
    "alexander alex sascha sasha xander",
    "alexandra alex sandra sascha",
    "andreas andi andy",
    "andrew andy drew",
    "angelika geli angie",
    "anna anne anni annie anja änne",
    "annette anette nettie",
    "anthony tony",
    "antonia toni",
    "anton toni tony",
    "barbara babsi bärbel babs barb",
    "bartholomäus bart",
    "benedikt bene ben",
    "benjamin ben benni benny",
    "bernhard bernd berni",
    "birgit biggi gitta",
    "brigitte gitte gitta biggi",
    "carolin caro caroline karo karoline",
    "catherine cathy kate katie cat",
    "charles charlie chuck",
    "charlotte lotte charlie lotti",
    "christian chris christl",
    "christina christine tina chris chrissi kristina kristin",
    "christoph chris stoffel christopher",
    "claudia claudi",
    "cornelia conny conni nele",
    "daniel dani dan danny",
    "daniela dani",
    "david dave",
    "dieter didi",
    "dominik domi nik",
    "dorothea doro thea dorothee",
    "edward ed eddie ted",
    "elisabeth lisa lisbeth elli ella liesel sissi else elise betty",
    "elizabeth liz lizzy beth betty eliza",
    "eleonore ellen nora lore",
    "emanuel manuel manu",
    "felix fe",
    "ferdinand ferdi",
    "florian flo",
    "franziska franzi fränzi",
    "franz franzl",
    "frederick fred freddy",
    "friederike rike fritzi",
    "friedrich fritz fred",
    "gabriele gabi gaby",
    "georg schorsch",
    "gerhard gerd",
    "gertrud trude traudel",
    "gregory greg gregor",
    "günther günter günni",
    "hans hansi",
    "heinrich heinz heiner henry",
    "helena lena leni helen",
    "herbert herb",
    "hildegard hilde",
    "ingeborg inge",
    "isabella isa bella isabel isabelle",
    "jacob jake jakob",
    "jacqueline jacky",
    "james jim jimmy jamie",
    "jennifer jenny jen",
    "jessica jessi jess",
    "joachim jochen achim jo",
    "johanna hanna jo hanni",
    "johannes hannes jo hans johann",
    "john johnny jack",
    "jonathan jon jonny",
    "josef sepp jupp joseph joe beppo",
    "josephine josi fine josefine",
    "jose pepe",
    "julia jule julie juli",
    "julian jule",
    "karl charly carl",
    "karl-heinz kalle",
    "katharina kathi katha käthe kathrin katrin kati katja katya",
    "klaus claus",
    "konrad conny",
    "kenneth ken",
    "leonhard leo leonard lenny",
    "lawrence larry",
    "ludwig lutz wiggerl",
    "lukas luki lucas luke",
    "magdalena lena leni magda",
    "manfred manni fred",
    "manuela manu ela",
    "margarete grete gretel margret greta gitta rita",
    "margaret maggie meg peggy",
    "maria mia mari marie mitzi",
    "markus mark marcus",
    "martina tina",
    "matthew matt",
    "matthias matze matthi hias matt",
    "maximilian max maxi",
    "melanie mel meli",
    "michael michi micha mike mick michel",
    "michaela michi ela micha",
    "monika moni",
    "nathaniel nate nathan",
    "nicholas nick",
    "nicole nici nicki nicola",
    "nikolaus klaus nik niko nick",
    "norbert nobbi",
    "oliver olli oli",
    "patricia pat patty trish",
    "patrick pat paddy",
    "petra peti",
    "peter pit pete",
    "philipp phil philip",
    "rebecca becky becca",
    "regina gina",
    "reinhard reini",
    "richard rick richie dick",
    "robert rob bob bobby robbie bert",
    "rosemarie rosi romy",
    "rudolf rudi",
    "sabine bine",
    "samuel sam sammy",
    "samantha sam",
    "sebastian basti seb wastl",
    "siegfried sigi siggi",
    "simone moni",
    "stefan steff stephan steve",
    "stefanie steffi stephanie",
    "stephen steve",
    "susanne susi sanne suse susan sue",
    "sylvia silvi silvia",
    "theodor theo teddy",
    "theresa resi tess terry therese",
    "thomas tom tommi tommy thom",
    "timothy tim timo",
    "tobias tobi",
    "ulrich uli ulli",
    "ulrike uli rike ulli",
    "ursula uschi ulla ursel",
    "valentin valli",
    "veronika vroni vera",
    "viktoria vicky viki",
    "vincent vince vinzenz",
    "walter walt",
    "werner werni",
    "wilhelm willi willy",
    "wilhelmine mina minna",
    "william bill will billy willy",
    "wolfgang wolf wolfi",
    "xaver xaverl",
];

/// Which forms belong together.
#[derive(Debug)]
pub(super) struct Nicknames(std::collections::HashMap<String, Vec<u16>>);

impl Nicknames {
    pub(super) fn new() -> Self {
        let mut families: std::collections::HashMap<String, Vec<u16>> =
            std::collections::HashMap::new();
        for (number, forms) in (0_u16..).zip(FORMS) {
            for form in forms.split(' ') {
                families.entry(fold(form).replace(' ', "")).or_default().push(number);
            }
        }
        Self(families)
    }

    /// Returns the numbers of the families a form belongs to.
    pub(super) fn families(&self, given: &str) -> &[u16] {
        self.0.get(given).map_or(&[], Vec::as_slice)
    }

    /// Whether both may be forms of one name.
    pub(super) fn may_be_one(&self, a: &str, b: &str) -> bool {
        a == b || self.families(a).iter().any(|family| self.families(b).contains(family))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_form_may_stand_for_several_names() {
        let names = Nicknames::new();
        for (a, b) in [
            ("katharina", "kathi"),
            ("alex", "alexander"),
            ("alex", "alexandra"),
            ("gunther", "gunni"),
            ("tom", "thomas"),
        ] {
            assert!(names.may_be_one(a, b), "{a} {b}");
        }
        assert!(!names.may_be_one("alexander", "alexandra"));
        assert!(!names.may_be_one("ann", "ben"));
        assert!(names.may_be_one("zenzi", "zenzi"));
    }
}
