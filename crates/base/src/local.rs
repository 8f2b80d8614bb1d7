//! State that a thread keeps between calls: `std::thread_local!` where there are threads.
//!
//! A wasm module without atomics has one thread for good. There the state is a plain static, which needs neither std
//! nor a look at whether it was initialised.

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
pub(crate) mod single;

#[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
pub extern crate std;

/// Declares thread-local state in a `RefCell`, made by a constant expression.
///
/// ```
/// bytemill_base::local! {
///     /// How often it was asked.
///     static ASKED: u32 = 0;
/// }
///
/// ASKED.with_borrow_mut(|asked| *asked += 1);
/// assert_eq!(ASKED.with_borrow_mut(|asked| *asked), 1);
/// ```
#[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
#[macro_export]
macro_rules! local {
    ($(#[$meta:meta])* static $name:ident: $type:ty = $value:expr;) => {
        $crate::std::thread_local! {
            $(#[$meta])*
            static $name: core::cell::RefCell<$type> = const { core::cell::RefCell::new($value) };
        }
    };
}

/// Declares thread-local state in a `RefCell`, made by a constant expression.
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
#[macro_export]
macro_rules! local {
    ($(#[$meta:meta])* static $name:ident: $type:ty = $value:expr;) => {
        $(#[$meta])*
        static $name: $crate::Local<$type> = $crate::Local::new($value);
    };
}
