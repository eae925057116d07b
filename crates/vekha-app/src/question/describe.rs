use crate::{
    scene::Scene,
    view::{AnswerKind, AnswerOption, Question, QuestionField},
};
use vekha_lifepath::source::{FieldSource, FieldType, KindSource};
use vekha_model::Text;

/// Every question of every plan, with the way to answer it.
pub fn all(scene: &Scene) -> Vec<Question> {
    let questions = scene.plans.iter().flat_map(|plan| &plan.questions);
    questions.filter_map(|it| describe(scene, it)).collect()
}

/// `None` for a question the vocabulary gives no answer to.
pub fn describe(scene: &Scene, question: &vekha_model::Question) -> Option<Question> {
    let kind = scene.catalogue.vocabulary().get(&question.missing.kind)?;
    let named = question.missing.field.clone();
    let name = named.or_else(|| only_field(kind))?;
    let field = field(kind.fields.get(&name)?)?;
    let mut missing = question.missing.clone();
    missing.field = Some(name);
    Some(Question {
        subject: question.subject.clone(),
        missing,
        text: (*question.text).clone(),
        settles: question.settles.clone(),
        helps: helps(scene, question),
        field,
    })
}

/// Steps that stand in the plan; what a turn would bring that may never be taken is not named.
fn helps(scene: &Scene, question: &vekha_model::Question) -> Vec<Text> {
    let steps = question.settles.iter().filter_map(|id| scene.step(id));
    let mut names: Vec<Text> = Vec::new();
    for name in steps.map(|step| crate::tact::name(scene, step)) {
        if names.len() < 2 && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A question about a whole kind is about its first field.
fn only_field(kind: &KindSource) -> Option<String> {
    kind.fields.keys().next().cloned()
}

pub fn field(source: &FieldSource) -> Option<QuestionField> {
    let plain = |kind| QuestionField {
        kind,
        unit: None,
        options: Vec::new(),
    };
    Some(match source.field_type().ok()? {
        FieldType::Bool => plain(AnswerKind::Bool),
        FieldType::Number if is_whole(source) => plain(AnswerKind::Integer),
        FieldType::Number => plain(AnswerKind::Number),
        FieldType::Date | FieldType::Moment => plain(AnswerKind::Date),
        FieldType::Text => plain(AnswerKind::Text),
        FieldType::Quantity(unit) => QuestionField {
            unit,
            ..plain(AnswerKind::Quantity)
        },
        FieldType::Enum(values) => QuestionField {
            options: values.into_iter().map(|it| option(source, it)).collect(),
            ..plain(AnswerKind::Enum)
        },
    })
}

fn option(source: &FieldSource, value: String) -> AnswerOption {
    let label = source.labels().and_then(|labels| labels.get(&value));
    let label = label.cloned();
    AnswerOption {
        label: label.unwrap_or_else(|| Text::new(value.clone(), value.clone())),
        value,
    }
}

fn is_whole(source: &FieldSource) -> bool {
    let word = match source {
        FieldSource::Short(word) => Some(word.as_str()),
        FieldSource::Full(form) => form.kind.as_deref(),
    };
    word.is_some_and(|word| word.trim_start().starts_with("int"))
}
