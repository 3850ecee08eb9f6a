//! Tests of parameters: what they are clamped to, what is printed of them, how they are shared.

use super::*;

props! {
    /// Something to try.
    struct Trial {
        /// How much.
        amount: f32 = 0.5, HINT.range(0.0, 1.0).label("How Much");
        /// What for.
        r#type: String = "x".to_owned();
    }
}

#[test]
fn numbers_are_clamped_and_nan_is_refused() {
    let mut trial = Trial {
        amount: 7.0,
        ..Trial::default()
    };
    assert_eq!(trial.sanitize(), Ok(()));
    assert_eq!(trial.amount, 1.0);
    trial.amount = f32::NAN;
    assert!(trial.sanitize().unwrap_err().contains("amount"));
}

props! {
    /// Something with a way out.
    struct Open {
        /// How much.
        amount: f32 = 0.5, HINT.range(0.0, 1.0).beyond("wide");
        /// Whether it may be more.
        wide: bool = false;
    }
}

#[test]
fn a_switch_takes_limits_away_but_lets_no_nan_in() {
    let mut open = Open {
        amount: 1.4,
        wide: true,
    };
    assert_eq!(open.sanitize(), Ok(()));
    assert_eq!(open.amount, 1.4);
    open.amount = f32::INFINITY;
    assert!(open.sanitize().is_err());
    let mut shut = Open {
        amount: 1.4,
        wide: false,
    };
    assert_eq!(shut.sanitize(), Ok(()));
    assert_eq!(shut.amount, 1.0);
}

#[test]
fn only_changed_parameters_are_printed() {
    assert!(Trial::default().changed().is_empty());
    let trial = Trial {
        r#type: "y".to_owned(),
        ..Trial::default()
    };
    assert_eq!(trial.changed(), [("type", "\"y\"".to_owned())]);
    assert_eq!(Trial::FIELDS[1].label(), "Type");
}

props! {
    /// Something else to try.
    struct Other(Trial);
}

#[test]
fn two_operators_can_share_their_parameters() {
    assert_eq!(Other::DOC.trim(), "Something else to try.");
    assert_eq!(Other::FIELDS, Trial::FIELDS);
    let mut other: Other = ron::from_str("(amount: 7.0)").unwrap();
    assert_eq!(other.sanitize(), Ok(()));
    assert_eq!(other.changed(), [("amount", "1.0".to_owned())]);
    assert!(ron::from_str::<Other>("(amounts: 7.0)").is_err());
}
