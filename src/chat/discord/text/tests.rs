use proptest::prelude::*;

use super::*;

#[test]
fn nothing_that_people_typed_is_markup() {
    for (typed, shown) in [
        ("**gras** et *penché*", r"\*\*gras\*\* et \*penché\*"),
        ("__souligné__ _ici_ mon_nom", r"\_\_souligné\_\_ \_ici\_ mon_nom"),
        ("~~barré~~ ~12", r"\~\~barré\~\~ ~12"),
        ("||caché||", r"\|\|caché\|\|"),
        ("`code` ```bloc```", r"\`code\` \`\`\`bloc\`\`\`"),
        (
            "# Titre\n### Titre\n#Logement",
            "\\# Titre\n\\### Titre\n#Logement",
        ),
        ("-# petit\n  # Titre", "\\-# petit\n  \\# Titre"),
        ("> cité\n>>> tout\n>non", "\\> cité\n\\>>> tout\n>non"),
        (
            "- un\n+ deux\n* trois\n1. quatre\n2024.",
            "\\- un\n\\+ deux\n\\* trois\n1\\. quatre\n2024.",
        ),
        ("> > # encore", r"\> > # encore"),
        (
            "<@123> <@!123> <@&456> <#789>",
            r"\<@123> \<@!123> \<@&456> \<#789>",
        ),
        (
            "<t:1700000000:R> </ask show:1> <:a:1> <id:guide>",
            r"\<t:1700000000:R> \</ask show:1> \<:a:1> \<id:guide>",
        ),
        ("@everyone @here @Marie", r"\@everyone \@here @Marie"),
        ("[Lire](https://bad.example/)", r"\[Lire\](https://bad.example/)"),
        ("[Lire] ceci", "[Lire] ceci"),
        (
            "[a][b](<https://bad.example/>)",
            r"\[a\]\[b\](\<https://bad.example/>)",
        ),
        ("a\\*b", r"a\\\*b"),
        (
            "https://example.org/a_b_c?d=*e*",
            r"https://example.org/a_b_c?d=\*e\*",
        ),
        ("_https://example.org/_x_", r"\_https://example.org/_x_"),
        ("xhttps://example.org/_a_", r"xhttps://example.org/\_a\_"),
        ("||https://example.org/||", r"\|\|https://example.org/\|\|"),
        ("*\u{200B}*gras*\u{200B}*", "\\*\u{200B}\\*gras\\*\u{200B}\\*"),
        ("@\u{200B}everyone", "@\u{200B}everyone"),
        ("", ""),
        ("d’été, 9 h 30 — « oui »", "d’été, 9 h 30 — « oui »"),
    ] {
        assert_eq!(inert(typed), shown, "{typed:?}");
    }
}

#[test]
fn what_is_to_be_copied_stands_as_it_is() {
    for bare in [
        "Le logement est un droit.\n\n#Logement #Montréal\nhttps://example.org/petition?utm_source=mail",
        "- un\n- deux\n1. trois",
        "@comite_logement, [vidéo] 3 > 2 & 1 < 2"
            .strip_suffix(" & 1 < 2")
            .unwrap(),
        "a_b ~ | c",
    ] {
        assert_eq!(to_copy(bare), bare);
    }
    for fenced in [
        "**gras**",
        "# Titre",
        "Venez : https://discord.gg/abc",
        "DISCORD.GG/abc",
        "<@123> <@&1>",
        "[ici](https://bad.example/)",
        "@everyone",
        "||caché||",
        "> cité",
    ] {
        assert_eq!(to_copy(fenced), format!("```\n{fenced}\n```"));
    }
    assert_eq!(to_copy("```\n@everyone"), "\\`\\`\\`\n\\@everyone");
}

#[test]
fn discord_counts_in_its_own_way() {
    assert_eq!((length("é"), length("👩\u{200D}🌾"), length("𝕏")), (1, 5, 2));
    assert_eq!(shortened("abcdef", 4), "abc…");
    assert_eq!(shortened("abcd", 4), "abcd");
    assert_eq!(shortened("👩\u{200D}🌾👩\u{200D}🌾", 6), "👩\u{200D}🌾…");
}

#[test]
fn a_text_is_cut_where_it_may_be() {
    let fits = |max: usize| move |part: &str| length(part) <= max;
    assert_eq!(
        split("une ligne\nune autre\nencore", fits(20)),
        ["une ligne\nune autre", "encore"]
    );
    assert_eq!(
        split("des mots et des mots", fits(12)),
        ["des mots et", "des mots"]
    );
    assert_eq!(split("aaaaaaaaaa", fits(4)), ["aaaa", "aaaa", "aa"]);
    assert_eq!(
        split("👩\u{200D}🌾👩\u{200D}🌾", fits(6)),
        ["👩\u{200D}🌾", "👩\u{200D}🌾"]
    );
    assert_eq!(split("", fits(4)), [""]);
    // A letter that fits nowhere goes all the same.
    assert_eq!(split("👩\u{200D}🌾a", fits(2)), ["👩\u{200D}🌾", "a"]);
}

proptest! {
    #[test]
    fn each_part_fits_and_no_word_is_lost(text in "[a-zé \n]{0,200}", max in 4usize..40) {
        let parts = split(&text, |part| length(part) <= max);
        for part in &parts {
            prop_assert!(length(part) <= max);
        }
        let without_space = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(without_space(&parts.concat()), without_space(&text));
    }

    #[test]
    fn taking_the_marks_off_gives_back_what_was_typed(text in "[-a-c*_~|`<>\\[\\]()#@\\\\ .1\n]{0,60}") {
        let escaped = inert(&text);
        let mut typed = String::new();
        let mut letters = escaped.chars();
        while let Some(letter) = letters.next() {
            typed.push(if letter == '\\' { letters.next().unwrap() } else { letter });
        }
        prop_assert_eq!(typed, text);
    }
}
