use super::*;

fn field(id: &str, value: &str, kind: FieldKind) -> Field {
    Field {
        id: id.into(),
        label: format!("Label of {id}"),
        hint: None,
        value: value.into(),
        kind,
        is_required: id == "kind",
    }
}

fn choices(values: &[&str]) -> Vec<(String, String)> {
    values
        .iter()
        .map(|value| ((*value).into(), value.to_uppercase()))
        .collect()
}

fn form() -> Form {
    let mut fields = vec![
        field("kind", "share", FieldKind::OneOf(choices(&["share", "call"]))),
        field("networks", "a;c", FieldKind::SomeOf(choices(&["a", "b", "c"]))),
    ];
    fields.extend((0..7).map(|number| field(&format!("line{number}"), "", FieldKind::Line)));
    Form {
        id: "1.ask-new".into(),
        title: "A new ask with a title that is longer than a window’s".into(),
        mistakes: vec!["The link is missing.".into()],
        by_text: "Copy.".into(),
        send: "Send".into(),
        fields,
    }
}

#[test]
fn a_long_form_is_menus_and_windows() {
    let (body, files) = message(&form());
    let rows = body["components"].as_array().unwrap();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0]["components"][0]["custom_id"], "form:menu:kind");
    assert_eq!(rows[0]["components"][0]["min_values"], 1);
    let networks = &rows[1]["components"][0];
    assert_eq!(
        (&networks["min_values"], &networks["max_values"]),
        (&json!(0), &json!(3))
    );
    assert_eq!(
        networks["options"][2],
        json!({ "label": "C", "value": "c", "default": true })
    );
    assert_eq!(networks["options"][1]["default"], false);
    assert_eq!(rows[2]["components"].as_array().unwrap().len(), 2);
    assert_eq!(rows[3]["components"][0]["custom_id"], "form:send");
    let described = body["embeds"][0]["description"].as_str().unwrap();
    assert!(described.contains("The link is missing.") && described.contains("Label of networks — A, C"));
    assert_eq!(serde_json::from_slice::<Form>(&files[0].bytes).unwrap(), form());
    // People see its file, which is called as the form is.
    assert_eq!(
        files[0].name,
        "a-new-ask-with-a-title-that-is-longer-than-a-window-s.json"
    );
    assert_eq!(body["attachments"][0]["filename"], files[0].name);
}

#[test]
fn a_window_holds_what_was_filled_in_and_asks_for_nothing_yet() {
    let mut form = form();
    fill(
        &mut form,
        vec![
            ("line5".into(), "Six".into()),
            ("stranger".into(), "x".into()),
            ("networks".into(), "b".into()),
        ],
    );
    let window = page(&form, 1).unwrap();
    assert_eq!(window["custom_id"], "form:page:1");
    assert!(length(window["title"].as_str().unwrap()) <= TITLE_MAX);
    let inputs = window["components"].as_array().unwrap();
    assert_eq!(inputs.len(), 2);
    assert_eq!(inputs[0]["components"][0]["value"], "Six");
    assert_eq!(inputs[1]["components"][0].get("value"), None);
    assert_eq!(inputs[0]["components"][0]["required"], false);
    assert_eq!(page(&form, 2), None);
    let values = values(&form);
    assert!(
        values.contains(&("networks".into(), "b".into())) && values.contains(&("line5".into(), "Six".into()))
    );
    assert_eq!(values.len(), form.fields.len());
}

#[test]
fn only_a_few_plain_questions_are_one_window() {
    let short = Form {
        mistakes: Vec::new(),
        fields: vec![field("note", "", FieldKind::Text)],
        ..form()
    };
    assert!(is_short(&short));
    assert_eq!(modal(&short)["custom_id"], "1.ask-new");
    assert!(!is_short(&form()));
    let wrong = Form {
        mistakes: form().mistakes,
        ..short
    };
    assert!(!is_short(&wrong));
}

#[test]
fn what_no_menu_can_hold_is_written() {
    let many: Vec<String> = (0..30).map(|number| format!("group{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let form = Form {
        fields: vec![
            field("groups", "", FieldKind::SomeOf(choices(&many))),
            field("none", "", FieldKind::OneOf(vec![])),
        ],
        ..form()
    };
    assert!(menus(&form).is_empty());
    let window = page(&form, 0).unwrap();
    let hint = window["components"][0]["components"][0]["placeholder"]
        .as_str()
        .unwrap();
    assert!(hint.starts_with("group0, group1") && length(hint) <= HINT_MAX);
    assert_eq!(window["components"][1]["components"][0].get("placeholder"), None);
}

#[test]
fn what_is_pressed_in_a_form_is_known() {
    assert_eq!(Gesture::of("form:page:2"), Some(Gesture::Page(2)));
    assert_eq!(
        Gesture::of("form:menu:kind"),
        Some(Gesture::Choose("kind".into()))
    );
    assert_eq!(Gesture::of("form:send"), Some(Gesture::Send));
    for other in ["form:page:x", "1.ask-reject.2", "1.c.3.done", "form"] {
        assert_eq!(Gesture::of(other), None, "{other}");
    }
}
