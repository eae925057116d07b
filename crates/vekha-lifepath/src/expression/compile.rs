use super::{Arithmetic, Comparison, Expression, Kind, Marker, Node, Read};
use crate::catalogue::AnchorFrom;
use crate::nearest::nearest;
use crate::source::FieldType;
use cel::common::ast::{CallExpr, Expr, LiteralValue, operators};
use std::collections::BTreeMap;

/// The names an expression may use.
#[derive(Debug, Default)]
pub struct Names {
    pub kinds: BTreeMap<String, (usize, BTreeMap<String, FieldType>)>,
    pub parameters: BTreeMap<String, usize>,
    pub situations: Vec<String>,
}

impl Names {
    /// Every fact and field as a condition writes it.
    fn written(&self) -> Vec<String> {
        let of = |(kind, (_, fields)): (&String, &(usize, BTreeMap<String, FieldType>))| {
            let fields = fields.keys().map(|field| format!("{kind}.{field}"));
            fields.chain([kind.clone()]).collect::<Vec<_>>()
        };
        self.kinds.iter().flat_map(of).collect()
    }
}

/// What the place of an expression allows besides the vocabulary.
#[derive(Debug, Default, Clone)]
pub struct Allowed<'a> {
    pub events: &'a [String],
    pub steps: &'a [String],
    pub anchors: Option<&'a BTreeMap<String, Vec<AnchorFrom>>>,
    pub run: bool,
}

/// Parses, resolves every name and checks types. The error says in words what is wrong.
pub fn compile(source: &str, names: &Names, allowed: &Allowed<'_>) -> Result<Expression, String> {
    let program =
        cel::Program::compile(source).map_err(|e| format!("“{source}” is not CEL: {e}"))?;
    let mut to = Compiler {
        names,
        allowed,
        reads: Vec::new(),
    };
    let (node, kind) = to
        .node(&program.expression().expr)
        .map_err(|e| format!("in “{source}”: {e}"))?;
    if kind != Kind::Bool {
        return Err(format!("“{source}” gives {}, not a yes or no", kind.word()));
    }
    Ok(Expression {
        source: source.to_owned(),
        node,
        reads: to.reads,
    })
}

struct Compiler<'a> {
    names: &'a Names,
    allowed: &'a Allowed<'a>,
    reads: Vec<Read>,
}

type Typed = (Node, Kind);

impl Compiler<'_> {
    fn node(&mut self, expr: &Expr) -> Result<Typed, String> {
        match expr {
            Expr::Literal(literal) => Ok(match literal {
                LiteralValue::Boolean(value) => (Node::Bool(*value.inner()), Kind::Bool),
                LiteralValue::Int(value) => (Node::Number(*value.inner() as f64), Kind::Number),
                LiteralValue::UInt(value) => (Node::Number(*value.inner() as f64), Kind::Number),
                LiteralValue::Double(value) => (Node::Number(*value.inner()), Kind::Number),
                LiteralValue::String(value) => (Node::Text(value.inner().to_owned()), Kind::Text),
                _ => return Err("null and bytes have no place here".into()),
            }),
            Expr::Ident(_) | Expr::Select(_) => {
                if let Expr::Select(select) = expr
                    && select.test
                {
                    let mut path = path_of(&select.operand.expr).ok_or("has() wants a name")?;
                    path.push(select.field.clone());
                    let (read, _) = self.read(&path, true)?;
                    return Ok((Node::Known(read), Kind::Bool));
                }
                let path = path_of(expr).ok_or("only names of facts can be selected from")?;
                let (read, kind) = self.read(&path, false)?;
                Ok((Node::Read(read), kind))
            }
            Expr::Call(call) => self.call(call),
            _ => Err("lists, maps and loops are not used here".into()),
        }
    }

    fn call(&mut self, call: &CallExpr) -> Result<Typed, String> {
        let args: Vec<&Expr> = call.args.iter().map(|arg| &arg.expr).collect();
        match (call.func_name.as_str(), args.as_slice()) {
            (operators::LOGICAL_NOT, [a]) => Ok((Node::Not(self.truth(a)?), Kind::Bool)),
            (operators::LOGICAL_AND, [a, b]) => {
                Ok((Node::And(self.truth(a)?, self.truth(b)?), Kind::Bool))
            }
            (operators::LOGICAL_OR, [a, b]) => {
                Ok((Node::Or(self.truth(a)?, self.truth(b)?), Kind::Bool))
            }
            (operators::CONDITIONAL, [c, a, b]) => {
                let condition = self.truth(c)?;
                let ((a, kind), (b, other)) = (self.node(a)?, self.node(b)?);
                agree(&kind, &other, &a, &b)?;
                Ok((Node::If(condition, a.into(), b.into()), kind))
            }
            (operators::NEGATE, [a]) => {
                let a = self.number(a)?;
                Ok((
                    Node::Arithmetic(Arithmetic::Subtract, Node::Number(0.0).into(), a),
                    Kind::Number,
                ))
            }
            (operators::IN, [item, Expr::List(list)]) => {
                let (item, kind) = self.node(item)?;
                let mut others = Vec::new();
                for element in &list.elements {
                    let (other, other_kind) = self.node(&element.expr)?;
                    agree(&kind, &other_kind, &item, &other)?;
                    others.push(other);
                }
                Ok((Node::In(item.into(), others), Kind::Bool))
            }
            ("known", [a]) => {
                let path = path_of(a).ok_or("known() wants a name")?;
                Ok((Node::Known(self.read(&path, true)?.0), Kind::Bool))
            }
            ("days_since", [a]) => {
                let path = path_of(a).ok_or("days_since() wants a name")?;
                let (read, kind) = self.read(&path, true)?;
                if kind != Kind::Time {
                    return Err(format!("days_since({}) wants a date", path.join(".")));
                }
                Ok((Node::DaysSince(read), Kind::Number))
            }
            ("active", [Expr::Literal(LiteralValue::String(name))]) => {
                let name = name.inner().to_owned();
                if !self.names.situations.contains(&name) {
                    return Err(format!("there is no situation “{name}”"));
                }
                Ok((Node::Read(self.keep(Read::Active(name))), Kind::Bool))
            }
            ("date", [Expr::Literal(LiteralValue::String(day))]) => {
                let day = day
                    .inner()
                    .parse()
                    .map_err(|_| format!("“{}” is not a date", day.inner()))?;
                Ok((Node::Day(day), Kind::Time))
            }
            (name, [a, b]) => {
                if let Some(how) = comparison(name) {
                    let ((a, kind), (b, other)) = (self.node(a)?, self.node(b)?);
                    agree(&kind, &other, &a, &b)?;
                    return Ok((Node::Compare(how, a.into(), b.into()), Kind::Bool));
                }
                let how = match name {
                    operators::ADD => Arithmetic::Add,
                    operators::SUBSTRACT => Arithmetic::Subtract,
                    operators::MULTIPLY => Arithmetic::Multiply,
                    operators::DIVIDE => Arithmetic::Divide,
                    _ => return Err(format!("the function “{name}” is not known")),
                };
                Ok((
                    Node::Arithmetic(how, self.number(a)?, self.number(b)?),
                    Kind::Number,
                ))
            }
            (name, _) => Err(format!("the function “{name}” is not known")),
        }
    }

    fn truth(&mut self, expr: &Expr) -> Result<Box<Node>, String> {
        match self.node(expr)? {
            (node, Kind::Bool) => Ok(node.into()),
            (_, kind) => Err(format!("{} stands where a yes or no belongs", kind.word())),
        }
    }

    fn number(&mut self, expr: &Expr) -> Result<Box<Node>, String> {
        match self.node(expr)? {
            (node, Kind::Number) => Ok(node.into()),
            (_, kind) => Err(format!("{} stands where a number belongs", kind.word())),
        }
    }

    fn keep(&mut self, read: Read) -> Read {
        if !self.reads.contains(&read) {
            self.reads.push(read.clone());
        }
        read
    }

    /// `whole` allows a bare kind, which stands for its moment.
    fn read(&mut self, path: &[String], whole: bool) -> Result<(Read, Kind), String> {
        let text = path.join(".");
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        let found = match parts.as_slice() {
            ["now"] => Some((Read::Now, Kind::Time)),
            ["run", "days"] if self.allowed.run => Some((Read::RunDays, Kind::Number)),
            ["run", "weeks"] if self.allowed.run => Some((Read::RunWeeks, Kind::Number)),
            ["person", "age"] | ["person", "age_year"] => {
                self.names.kinds.get("person").map(|(kind, _)| {
                    (
                        Read::Age {
                            kind: *kind,
                            calendar_year: parts[1] == "age_year",
                        },
                        Kind::Number,
                    )
                })
            }
            ["event", "at"] => Some((Read::EventAt, Kind::Time)),
            ["event", "kind"] => Some((Read::EventKind, Kind::Enum(self.allowed.events.to_vec()))),
            ["event", field] => Some(self.event(field)?),
            ["marker", word] => marker(word),
            ["params" | "parameters", name] => self
                .names
                .parameters
                .get(*name)
                .map(|index| (Read::Parameter(*index), Kind::Number)),
            ["steps", step, "state"] if self.allowed.steps.iter().any(|known| known == step) => {
                Some((Read::StepState((*step).to_owned()), Kind::Enum(states())))
            }
            ["steps", step, "outcome"] if self.allowed.steps.iter().any(|known| known == step) => {
                Some((
                    Read::StepOutcome((*step).to_owned()),
                    Kind::Enum(outcomes()),
                ))
            }
            ["anchors", name] => {
                let anchor = self.allowed.anchors.and_then(|all| all.get(*name));
                let anchor = anchor.ok_or_else(|| format!("“{name}” is not among the anchors"))?;
                Some((Read::Anchor(anchor.clone()), Kind::Time))
            }
            ["steps", step, ..] => {
                return Err(format!(
                    "there is no step “{step}” whose state can be read here"
                ));
            }
            _ => None,
        };
        let (read, kind) = match found {
            Some(found) => found,
            None => self.fact(&parts, whole).ok_or_else(|| {
                let known = self.names.written();
                let meant = nearest(&text, known.iter().map(String::as_str));
                format!("“{text}” is not in the facts vocabulary{meant}")
            })?,
        };
        Ok((self.keep(read), kind))
    }

    fn event(&self, field: &str) -> Result<(Read, Kind), String> {
        let mut kind = None;
        for event in self.allowed.events {
            if let Some(found) = self
                .names
                .kinds
                .get(event)
                .and_then(|(_, fields)| fields.get(field))
            {
                kind = Some(kind_of(found));
            }
        }
        let kind = kind
            .ok_or_else(|| format!("no fact that starts this situation has the field “{field}”"))?;
        Ok((
            Read::Event {
                field: field.to_owned(),
            },
            kind,
        ))
    }

    fn fact(&self, parts: &[&str], whole: bool) -> Option<(Read, Kind)> {
        let (field, head) = parts.split_last()?;
        if let Some((kind, fields)) = self.names.kinds.get(&head.join(".")) {
            if let Some(found) = fields.get(*field) {
                let unit = match found {
                    FieldType::Quantity(unit) => unit.clone(),
                    _ => None,
                };
                return Some((
                    Read::Field {
                        kind: *kind,
                        field: (*field).to_owned(),
                        unit,
                    },
                    kind_of(found),
                ));
            }
            if *field == "at" {
                return Some((Read::At { kind: *kind }, Kind::Time));
            }
        }
        let (kind, _) = self.names.kinds.get(&parts.join(".")).filter(|_| whole)?;
        Some((Read::At { kind: *kind }, Kind::Time))
    }
}

fn kind_of(field: &FieldType) -> Kind {
    match field {
        FieldType::Bool => Kind::Bool,
        FieldType::Number | FieldType::Quantity(Some(_)) => Kind::Number,
        FieldType::Text => Kind::Text,
        FieldType::Enum(values) => Kind::Enum(values.clone()),
        FieldType::Date | FieldType::Moment => Kind::Time,
        FieldType::Quantity(None) => Kind::Quantity,
    }
}

fn marker(word: &str) -> Option<(Read, Kind)> {
    Some(match word {
        "known" => (Read::Marker(Marker::Known), Kind::Bool),
        "unit_ok" => (Read::Marker(Marker::UnitOk), Kind::Bool),
        "limit" => (Read::Marker(Marker::Limit), Kind::Number),
        "ratio" => (Read::Marker(Marker::Ratio), Kind::Number),
        "value" => (Read::Marker(Marker::Value), Kind::Number),
        "urgent" => (Read::Marker(Marker::Urgent), Kind::Bool),
        "skip" => (Read::Marker(Marker::Skip), Kind::Bool),
        "abnormal" => (Read::Marker(Marker::Abnormal), Kind::Bool),
        "growth" => (Read::Marker(Marker::Growth), Kind::Number),
        _ => return None,
    })
}

pub const OUTCOMES: [&str; 8] = [
    "held",
    "booked",
    "done",
    "declined",
    "cancelled",
    "have_it",
    "no_slot",
    "missed",
];

fn outcomes() -> Vec<String> {
    OUTCOMES.map(str::to_owned).to_vec()
}

pub const STATES: [&str; 11] = [
    "upcoming",
    "open",
    "due_soon",
    "overdue",
    "held",
    "booked",
    "done",
    "declined",
    "cancelled",
    "not_applicable",
    "unknown",
];

fn states() -> Vec<String> {
    STATES.map(str::to_owned).to_vec()
}

fn comparison(name: &str) -> Option<Comparison> {
    Some(match name {
        operators::EQUALS => Comparison::Equal,
        operators::NOT_EQUALS => Comparison::NotEqual,
        operators::LESS => Comparison::Less,
        operators::LESS_EQUALS => Comparison::LessOrEqual,
        operators::GREATER => Comparison::Greater,
        operators::GREATER_EQUALS => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn agree(a: &Kind, b: &Kind, left: &Node, right: &Node) -> Result<(), String> {
    match (a, b) {
        (Kind::Enum(values), _) if matches!(right, Node::Text(_)) => one_of(values, right),
        (_, Kind::Enum(values)) if matches!(left, Node::Text(_)) => one_of(values, left),
        (Kind::Enum(_) | Kind::Text, Kind::Enum(_) | Kind::Text) => Ok(()),
        (Kind::Quantity, _) | (_, Kind::Quantity) => {
            Err("a quantity can be compared only where the vocabulary declares its unit".into())
        }
        _ if a == b => Ok(()),
        _ => Err(format!("{} is compared with {}", a.word(), b.word())),
    }
}

fn one_of(values: &[String], text: &Node) -> Result<(), String> {
    match text {
        Node::Text(text) if !values.contains(text) => {
            Err(format!("“{text}” is not one of {}", values.join(", ")))
        }
        _ => Ok(()),
    }
}

fn path_of(expr: &Expr) -> Option<Vec<String>> {
    match expr {
        Expr::Ident(name) => Some(vec![name.clone()]),
        Expr::Select(select) if !select.test => {
            let mut path = path_of(&select.operand.expr)?;
            path.push(select.field.clone());
            Some(path)
        }
        _ => None,
    }
}
