use super::{
    book::bookable,
    build::{of_step, of_visit, visit_card},
};
use crate::{
    App,
    me::{document_view, fact_view},
    path::of_fork,
    scene::Scene,
    view::{Amount, CardDetail, Material},
};
use vekha_model::{PlannedStep, ServiceKey, ServicePlace, StepId, Text, Truth};
use vekha_protocol::Appointment;

/// A card with everything behind it: why, why not, the facts, the law, what may come.
pub fn detail(app: &App, scene: &Scene, id: &StepId) -> Option<CardDetail> {
    if let Some(step) = scene.step(id) {
        return Some(of_planned(app, scene, step));
    }
    let visit = scene.records.appointments.iter();
    let mut visit = visit.filter(|it| visit_card(&it.id) == *id);
    let visit = visit.next()?;
    let card = of_visit(scene, visit);
    Some(CardDetail {
        law: None,
        instructions: card.note.clone(),
        card,
        situation: None,
        run: None,
        why: Vec::new(),
        why_not: Vec::new(),
        facts: Vec::new(),
        missing: Vec::new(),
        late: None,
        checked: None,
        material: None,
        amounts: Vec::new(),
        bookable: false,
        places: places(scene, visit.service.as_ref(), Some(visit)),
        documents: Vec::new(),
        consents: Vec::new(),
        forks_ahead: Vec::new(),
        inquiries: crate::inquiry::about(scene, id.as_str()),
    })
}

fn of_planned(app: &App, scene: &Scene, step: &PlannedStep) -> CardDetail {
    let run = scene
        .plans
        .iter()
        .flat_map(|plan| &plan.situations)
        .find(|it| it.id == step.instance);
    let begun = run.map_or_else(Vec::new, |run| crate::tact::criteria(scene, run));
    let hidden = crate::tact::hidden(scene, step);
    let own = if hidden { &[][..] } else { &step.why };
    let all = || begun.iter().chain(own);
    let facts = all().flat_map(|criterion| &criterion.facts);
    let mut facts: Vec<_> = facts
        .filter_map(|id| scene.records.facts.iter().find(|fact| fact.id == *id))
        .map(|fact| fact_view(scene, fact))
        .collect();
    facts.sort_by(|a, b| a.id.cmp(&b.id));
    facts.dedup_by(|a, b| a.id == b.id);
    let questions = scene.plans.iter().flat_map(|plan| &plan.questions);
    let material = step.material.as_ref().and_then(|id| {
        let found = scene.catalogue.material(id)?;
        Some(Material {
            id: id.clone(),
            title: found.title.clone(),
            body: found.body.clone(),
            source: found.source.clone(),
            checked: found.checked.map(|day| day.to_string()),
        })
    });
    let documents = scene
        .records
        .documents
        .iter()
        .filter(|it| it.step.as_ref() == Some(&step.id));
    let ahead = run.iter().flat_map(|run| {
        let open = crate::tact::turns(scene, run)
            .iter()
            .filter(|fork| fork.taken != Truth::Yes);
        open.map(|fork| of_fork(scene, run, fork))
    });
    let detail = CardDetail {
        card: of_step(scene, step),
        situation: run.map(|run| run.title.clone()),
        run: run.map(|run| run.id.clone()),
        why: all().filter(|it| it.truth == Truth::Yes).cloned().collect(),
        why_not: all().filter(|it| it.truth != Truth::Yes).cloned().collect(),
        facts,
        missing: questions
            .filter(|it| it.settles.contains(&step.id) || step.missing.contains(&it.missing))
            .filter_map(|it| crate::question::describe(scene, it))
            .collect(),
        law: crate::tact::law(scene, step),
        late: step.late.clone(),
        checked: step.checked.map(|day| day.to_string()),
        material,
        amounts: amounts(scene, step),
        bookable: bookable(app, scene, step),
        places: places(scene, Some(&step.service), scene.visit(&step.id)),
        documents: documents.map(|it| document_view(scene, it)).collect(),
        consents: step
            .consents
            .iter()
            .map(|class| format!("{class:?}"))
            .collect(),
        forks_ahead: ahead.collect(),
        inquiries: crate::inquiry::about(scene, step.id.as_str()),
        instructions: scene
            .visit(&step.id)
            .and_then(|visit| visit.instructions.clone())
            .filter(|it| Some(it) != step.note.as_ref()),
    };
    if hidden { untold(detail) } else { detail }
}

/// Nothing but that a doctor wants to speak to them, and where.
fn untold(detail: CardDetail) -> CardDetail {
    CardDetail {
        late: None,
        checked: None,
        material: None,
        amounts: Vec::new(),
        consents: Vec::new(),
        ..detail
    }
}

/// Where to go, by the city's directory: of a visit only its own place.
fn places(
    scene: &Scene,
    service: Option<&ServiceKey>,
    visit: Option<&Appointment>,
) -> Vec<ServicePlace> {
    let listed = service.and_then(|key| scene.catalogue.places(key));
    let listed = listed.unwrap_or_default();
    let of_visit = visit.and_then(|visit| visit.place.as_ref());
    let own = listed
        .iter()
        .find(|place| of_visit.is_some_and(|it| it.name == place.name));
    own.map_or_else(|| listed.to_vec(), |own| vec![own.clone()])
}

/// What the step pays or costs today; what has no value today is left out.
fn amounts(scene: &Scene, step: &PlannedStep) -> Vec<Amount> {
    let today = scene.zone().to_datetime(scene.now).date();
    let known = &scene.catalogue.source().parameters;
    let amount = |name: &String| {
        let parameter = known.get(name)?;
        let value = parameter.on(today)?;
        Some(Amount {
            text: Text::new(&parameter.ru, &parameter.en),
            law: value.law.as_deref().map(|law| scene.catalogue.cite(law)),
            value: value.value,
            unit: parameter.unit.clone().unwrap_or_else(|| "ratio".to_owned()),
            since: value.from.to_string(),
            confidence: value.conf.into(),
        })
    };
    step.amounts.iter().filter_map(amount).collect()
}
