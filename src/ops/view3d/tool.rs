//! The tool of the 3D view, and whether its handles are shown.

use crate::model::tools::Tool;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Refusal, Start};
use crate::props;

props! {
    /// Choose what a drag on a bone does, and which handles are shown at the pivot.
    pub struct ToolSetById {
        /// The tool: builtin.select_box, builtin.move, builtin.rotate or builtin.scale.
        name: String = String::new(), HINT.label("Identifier").transient();
    }
}

impl Operator for ToolSetById {
    const INFO: Info = Info::new("wm.tool_set_by_id", "Set Tool by Name").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let tool = Tool::named(&self.name).ok_or_else(|| {
            let names: Vec<_> = Tool::ALL.iter().map(|tool| tool.name()).collect();
            let (name, names) = (&self.name, names.join(", "));
            Refusal::error(format!("There is no tool `{name}`; valid are {names}"))
        })?;
        cx.view.tool = tool;
        Ok(())
    }
}

props! {
    /// Choose a tool from a menu at the pointer.
    pub struct Toolbar {
        /// The tool.
        tool: Tool = Tool::SelectBox, HINT.hidden().transient();
    }
}

impl Operator for Toolbar {
    const INFO: Info = Info::new("wm.toolbar", "Toolbar").view_only();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("tool")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.tool = self.tool;
        Ok(())
    }
}

props! {
    /// Show or hide the handles at the pivot, the axes in the corner and the buttons below them.
    pub struct ToggleGizmos {}
}

impl Operator for ToggleGizmos {
    const INFO: Info = Info::new("view3d.toggle_gizmos", "Show Gizmos").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.gizmos = !cx.view.gizmos;
        Ok(())
    }
}
