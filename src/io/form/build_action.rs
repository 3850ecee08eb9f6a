//! Actions and assets of the model, made from what a file says. Keys are put into order of time.

use std::sync::Arc;

use crate::eval::handles;
use crate::io::form::{ActionForm, AssetForm, FCurveForm, KeyForm};
use crate::model::action::{Action, ManualRange};
use crate::model::asset::Asset;
use crate::model::fcurve::{FCurve, Key, KeySelection};

/// An action from its form; its source is left to the caller.
///
/// # Errors
/// One line: the place within the action and what is wrong there.
pub fn build_action(form: &ActionForm) -> Result<Action, String> {
    let mut fcurves = Vec::with_capacity(form.fcurves.len());
    for (index, curve) in form.fcurves.iter().enumerate() {
        let made = build_curve(curve).map_err(|e| format!("fcurves[{index}]{e}"))?;
        fcurves.push(Arc::new(made));
    }
    let given = form.use_frame_range.is_some()
        || form.frame_start.is_some()
        || form.frame_end.is_some()
        || form.use_cyclic.is_some();
    let range = given.then(|| ManualRange {
        used: form.use_frame_range.unwrap_or(true),
        start: form.frame_start.unwrap_or(0.0),
        end: form.frame_end.unwrap_or(0.0),
        cyclic: form.use_cyclic.unwrap_or(false),
    });
    Ok(Action {
        fcurves,
        groups: form.groups.0.clone(),
        pose_markers: form.pose_markers.clone(),
        fake_user: form.fake_user,
        range,
        source: None,
    })
}

/// An asset from its form.
///
/// # Errors
/// One line: the place within the asset and what is wrong there.
pub fn build_asset(form: &AssetForm) -> Result<Asset, String> {
    let action = build_action(&ActionForm {
        source: None,
        fcurves: form.fcurves.clone(),
        groups: form.groups.clone(),
        pose_markers: form.pose_markers.clone(),
        fake_user: form.fake_user,
        use_frame_range: form.use_frame_range,
        frame_start: form.frame_start,
        frame_end: form.frame_end,
        use_cyclic: form.use_cyclic,
    })?;
    Ok(Asset {
        name: form.name.clone(),
        catalog: form.catalog.clone(),
        description: form.description.clone(),
        action: Arc::new(action),
    })
}

fn build_curve(form: &FCurveForm) -> Result<FCurve, String> {
    if form.property.is_empty() {
        return Err(": a curve needs a `property`".to_owned());
    }
    let mut keys = Vec::with_capacity(form.keys.len());
    for (index, key) in form.keys.iter().enumerate() {
        let co = key
            .co
            .ok_or_else(|| format!(".keys[{index}]: a key needs `co`, its frame and value"))?;
        keys.push((build_key(key, co), key));
    }
    keys.sort_by(|(a, _), (b, _)| a.co[0].total_cmp(&b.co[0]));
    if keys.len() > 1 {
        keys.iter_mut()
            .for_each(|(key, _)| handles::keep_sides(key));
    }
    let mut selection = KeySelection::default();
    for (place, (_, form)) in keys.iter().enumerate() {
        selection.keys.set(place, form.select);
        selection
            .left
            .set(place, form.select_left.unwrap_or(form.select));
        selection
            .right
            .set(place, form.select_right.unwrap_or(form.select));
    }
    Ok(FCurve {
        bone: form.bone.as_deref().map(Arc::from),
        property: form.property.as_str().into(),
        index: form.index,
        group: form.group.as_deref().map(Arc::from),
        select: form.select,
        mute: form.mute,
        lock: form.lock,
        hide: form.hide,
        extrapolation: form.extrapolation,
        auto_smoothing: form.auto_smoothing,
        modifiers: form.modifiers.clone(),
        int_values: form.int_values,
        discrete_values: form.discrete_values,
        spherical: form.spherical,
        keys: Arc::new(keys.into_iter().map(|(key, _)| key).collect()),
        selection,
    })
}

fn build_key(form: &KeyForm, co: [f32; 2]) -> Key {
    Key {
        co,
        left: form.handle_left.unwrap_or(co),
        right: form.handle_right.unwrap_or(co),
        left_type: form.handle_left_type,
        right_type: form.handle_right_type,
        interpolation: form.interpolation,
        easing: form.easing,
        kind: form.r#type,
        back: form.back,
        amplitude: form.amplitude,
        period: form.period,
    }
}
