//! The one line that makes a crate a plugin.

/// Exports a [`Plugin`](crate::Plugin) from this library, as the one symbol a host looks for.
///
/// The crate needs `crate-type = ["cdylib"]`, and `"rlib"` beside it for its own tests. It may forbid unsafe code.
///
/// A program has one symbol of a name. Whoever links several plugins into one program builds them without this line,
/// by putting it behind a feature of the plugin's crate, and uses [`Compiled`](crate::Compiled).
///
/// # Example
/// ```
/// #![forbid(unsafe_code)]
/// use rin_plugin::prelude::*;
///
/// /// Reads nothing yet.
/// struct Hello;
///
/// impl Plugin for Hello {
///     const MANIFEST: &'static str = r#"
///         id = "org.example.hello"
///         version = "0.1.0"
///         name = "Hello"
///         license = "MIT"
///         platform = "example"
///         abi = 1
///         provides = ["reader"]
///     "#;
///
///     fn new(_: &Params) -> Result<Self, PluginError> {
///         Ok(Self)
///     }
/// }
///
/// rin_plugin::export!(Hello);
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! export {
    ($plugin:ty) => {
        const _: () = {
            impl $crate::bridge::Exported for $plugin {
                fn place() -> &'static $crate::bridge::Place {
                    static PLACE: $crate::bridge::Place = $crate::bridge::Place::new();
                    &PLACE
                }
            }

            #[allow(non_upper_case_globals, reason = "the name is the boundary's")]
            #[unsafe(no_mangle)]
            pub static rin_plugin_entry: $crate::bridge::RawEntry =
                $crate::bridge::entry::<$plugin>();
        };
    };
}
