//! Named features with their weights: what the judges of places and persons are made of.

/// Declares an enum of features, each with its weight in one or more linear models.
macro_rules! features {
    ($(#[$about:meta])* $kind:ident in $models:literal: $($(#[$doc:meta])* $name:ident = $($weight:literal),+;)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(usize)]
        pub enum $kind {
            $($(#[$doc])* $name,)*
        }

        impl $kind {
            /// All features, in order.
            pub const ALL: &[$kind] = &[$($kind::$name,)*];
            /// The weight of each feature in each model.
            const WEIGHTS: &[[f32; $models]] = &[$([$($weight),+],)*];
        }
    };
}

pub(super) use features;

/// Returns the sum of the features' values, each times its weight in the model.
pub(super) fn weigh<const MODELS: usize>(values: &[f32], weights: &[[f32; MODELS]], model: usize) -> f32 {
    values.iter().zip(weights).map(|(value, weights)| value * weights[model]).sum()
}

/// Returns the value of a yes or no.
pub(super) fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

/// Returns a weight of the lexicon on a scale from 0 to 1.
pub(super) fn scaled(weight: u8) -> f32 {
    f32::from(weight) / 255.0
}
