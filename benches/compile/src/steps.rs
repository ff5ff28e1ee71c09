//! The steps of rustc, by the functions that do them.

/// A step of rustc, with all that it calls. Who asks first for what several steps need has done it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// All of rustc.
    Whole,
    /// All macros, and the parsing of the files of modules and of what macros give.
    Expand,
    /// Derives of other crates, in `Expand`: their own work.
    Derives,
    Resolve,
    /// From the tree of the syntax to that of the checks, and hashing it.
    Lower,
    /// Everything from here to `Metadata` but `Lower`, which is in it, too.
    Analysis,
    /// For each item.
    WellFormed,
    /// For each item of an impl of a trait, in `WellFormed`.
    CompareImpls,
    /// For each trait.
    Coherence,
    /// For each body.
    Typeck,
    /// For each body; checking `unsafe` is the first to ask for its MIR.
    BuildMir,
    /// For each body.
    Borrowck,
    Metadata,
    /// What is known from the build before, if it is incremental.
    LoadGraph,
    /// What the next build will want to know.
    SaveGraph,
}

impl Step {
    pub(crate) const ALL: [Self; 15] = [
        Self::Whole,
        Self::Expand,
        Self::Derives,
        Self::Resolve,
        Self::Lower,
        Self::Analysis,
        Self::WellFormed,
        Self::CompareImpls,
        Self::Coherence,
        Self::Typeck,
        Self::BuildMir,
        Self::Borrowck,
        Self::Metadata,
        Self::LoadGraph,
        Self::SaveGraph,
    ];

    /// The function as callgrind calls it; none for all of them. It is one that is never in itself, and that is not inlined.
    pub(crate) fn function(self) -> Option<String> {
        let function = match self {
            Self::Whole => return None,
            Self::Expand => "<rustc_expand::expand::MacroExpander>::expand_crate",
            Self::Derives => "rustc_expand::proc_macro::expand_derive_macro",
            Self::Resolve => "<rustc_resolve::Resolver>::resolve_crate",
            Self::Analysis => "rustc_interface::passes::analysis",
            Self::Metadata => "rustc_metadata::fs::encode_and_write_metadata",
            Self::LoadGraph => "<rustc_middle::dep_graph::serialized::SerializedDepGraph>::decode",
            Self::SaveGraph => "<rustc_middle::ty::context::TyCtxt>::finish",
            Self::Lower => return Some(query("hir_crate")),
            Self::WellFormed => return Some(query("check_well_formed")),
            Self::CompareImpls => return Some(query("compare_impl_item")),
            Self::Coherence => return Some(query("coherent_trait")),
            Self::Typeck => return Some(query("typeck")),
            Self::BuildMir => return Some(query("check_unsafety")),
            Self::Borrowck => return Some(query("mir_borrowck")),
        };
        Some(function.to_owned())
    }
}

/// What executes a query, and is not there where the answer is known.
fn query(name: &str) -> String {
    format!(
        "rustc_query_impl::query_impl::{name}::invoke_provider_fn::__rust_begin_short_backtrace"
    )
}
