//! The fonts that come with the program; egui's own follow as a fallback for other scripts.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

const FONTS: &[(&str, &[u8])] = &[
    (
        "Inter",
        include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
    ),
    (
        "Inter Medium",
        include_bytes!("../../assets/fonts/Inter-Medium.ttf"),
    ),
    (
        "Inter SemiBold",
        include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
    ),
    (
        "JetBrains Mono",
        include_bytes!("../../assets/fonts/JetBrainsMono-400.ttf"),
    ),
    (
        "JetBrains Mono Medium",
        include_bytes!("../../assets/fonts/JetBrainsMono-500.ttf"),
    ),
    (
        "Phosphor",
        include_bytes!("../../assets/fonts/Phosphor-Regular.ttf"),
    ),
    (
        "Phosphor Fill",
        include_bytes!("../../assets/fonts/Phosphor-Fill.ttf"),
    ),
];

/// Every family the interface uses.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for &(name, bytes) in FONTS {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    }
    let fallback = |family| fonts.families.get(&family).cloned().unwrap_or_default();
    let text = fallback(FontFamily::Proportional);
    let numbers = fallback(FontFamily::Monospace);
    let families = [
        (FontFamily::Proportional, "Inter", text.clone()),
        (
            FontFamily::Name("medium".into()),
            "Inter Medium",
            text.clone(),
        ),
        (FontFamily::Name("semibold".into()), "Inter SemiBold", text),
        (
            FontFamily::Name("mono-medium".into()),
            "JetBrains Mono Medium",
            numbers.clone(),
        ),
        (FontFamily::Monospace, "JetBrains Mono", numbers),
        (FontFamily::Name("icon".into()), "Phosphor", Vec::new()),
        (
            FontFamily::Name("icon-fill".into()),
            "Phosphor Fill",
            Vec::new(),
        ),
    ];
    for (family, first, mut rest) in families {
        rest.insert(0, first.to_owned());
        fonts.families.insert(family, rest);
    }
    fonts
}
