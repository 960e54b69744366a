//! Dense features: numbers in about 0..1 with names, each with a weight for every label in the model.

/// The dense features of one segment: number of the feature among all of them, and its value. Those left out are 0.
pub(super) type Values = Vec<(u16, f32)>;

/// Declares an enum of dense features.
macro_rules! features {
    ($(#[$about:meta])* $kind:ident: $($(#[$doc:meta])* $name:ident;)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum $kind {
            $($(#[$doc])* $name,)*
        }

        impl $kind {
            /// All features, in order.
            pub const ALL: &[$kind] = &[$($kind::$name,)*];
        }
    };
}

pub(super) use features;

/// Returns the value of a yes or no.
pub(super) fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

/// Returns a weight of the lexicon on a scale from 0 to 1.
pub(super) fn scaled(weight: u8) -> f32 {
    f32::from(weight) / 255.0
}
