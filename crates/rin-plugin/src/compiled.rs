//! A plugin used without a library: compiled into the program that asks it.
//!
//! For embedders who want no loading, for a plugin's own tests, and for measuring what the boundary costs. Above
//! [`Strategy`] nobody sees the difference.

use std::fmt;

use rin_abi::{Expect, Manifest, ManifestError, ParamValue, Source};
use rin_core::{
    Batch, Brief, Norm, Proposal, ProposalSink, RecordSink, Remark, Strategy, StrategyError,
    StrategyInfo,
};

use crate::{Plugin, PluginError, Probe, ReadError, bridge::params};

/// A plugin compiled in.
pub struct Compiled<P> {
    plugin: P,
    manifest: Manifest,
}

impl<P> fmt::Debug for Compiled<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compiled").field("id", &self.manifest.info.id).finish_non_exhaustive()
    }
}

/// Why a plugin could not be used.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompiledError {
    /// Its manifest is wrong.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// It refuses its parameters.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// There are not as many values as parameters.
    #[error("{given} values for {declared} parameters")]
    Values {
        /// Values given.
        given: usize,
        /// Parameters declared.
        declared: usize,
    },
    /// A worked example does not hold.
    #[error("the example \"{example}\" does not hold: {what}")]
    Example {
        /// Its English text.
        example: String,
        /// What the strategy did instead.
        what: String,
    },
}

impl<P: Plugin> Compiled<P> {
    /// Makes it with the default of every parameter.
    ///
    /// # Errors
    /// [`CompiledError`] if manifest or parameters are refused.
    pub fn new() -> Result<Self, CompiledError> {
        let manifest = Manifest::parse("plugin.toml", P::MANIFEST)?;
        let values = manifest.defaults();
        Self::of(manifest, values)
    }

    /// Makes it with these values, one for each parameter in the manifest's order.
    ///
    /// # Errors
    /// As [`Compiled::new`].
    pub fn with_values(values: Vec<ParamValue>) -> Result<Self, CompiledError> {
        Self::of(Manifest::parse("plugin.toml", P::MANIFEST)?, values)
    }

    /// Makes it with these numbers (0 and 1 for switches) and the default of every other parameter.
    ///
    /// # Errors
    /// As [`Compiled::new`]; a key that the manifest does not declare as a number or a switch is refused.
    pub fn with(numbers: &[(&str, f64)]) -> Result<Self, CompiledError> {
        let manifest = Manifest::parse("plugin.toml", P::MANIFEST)?;
        let mut values = manifest.defaults();
        for (key, given) in numbers {
            let at = manifest.params.iter().position(|param| param.key == *key);
            let Some(ParamValue::Number(value)) = at.and_then(|at| values.get_mut(at)) else {
                let what = "the manifest declares no number or switch of that name".to_owned();
                return Err(PluginError { key: (*key).to_owned(), what }.into());
            };
            *value = *given;
        }
        Self::of(manifest, values)
    }

    fn of(manifest: Manifest, values: Vec<ParamValue>) -> Result<Self, CompiledError> {
        let (given, declared) = (values.len(), manifest.params.len());
        if given != declared {
            return Err(CompiledError::Values { given, declared });
        }
        let plugin = P::new(&params(&manifest.params, values))?;
        Ok(Self { plugin, manifest })
    }

    /// Returns what it is.
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Says how sure it is that `source` is an export of its platform.
    pub fn probe(&mut self, source: &dyn Source) -> Probe {
        self.plugin.probe(source)
    }

    /// Reads an export.
    ///
    /// # Errors
    /// As [`Plugin::read`].
    pub fn read(
        &mut self,
        source: &dyn Source,
        sink: &mut dyn RecordSink,
    ) -> Result<(), ReadError> {
        self.plugin.read(source, sink)
    }

    /// Runs the worked examples of the manifest with the default parameters and returns how many there are.
    ///
    /// The strategy sees the columns it asks for and no others. Where it proposes several things for one
    /// relationship, the example is about the first.
    ///
    /// # Errors
    /// [`CompiledError::Example`] naming the first that does not hold.
    pub fn check_examples() -> Result<usize, CompiledError> {
        let mut compiled = Self::new()?;
        let examples = std::mem::take(&mut compiled.manifest.examples);
        let columns = compiled.manifest.info.columns.clone();
        for example in &examples {
            let fail = |what| CompiledError::Example { example: example.text.en.clone(), what };
            let mut proposals: Vec<Proposal<'static>> = Vec::new();
            let run = |batch: &Batch<'_>| compiled.plugin.propose(batch, &mut proposals);
            let outcome = example.with_batch(&columns, run).and_then(|outcome| outcome);
            outcome.map_err(|error| fail(error.to_string()))?;
            let first = proposals.first().map_or(Expect::Nothing, |proposal| Expect::Proposal {
                kind: proposal.kind,
                reason: proposal.reason,
            });
            if first != example.expect {
                return Err(fail(format!("it proposes {}", compiled.in_words(first))));
            }
        }
        Ok(examples.len())
    }

    fn in_words(&self, expect: Expect) -> String {
        let info = &self.manifest.info;
        let Expect::Proposal { kind, reason } = expect else { return "nothing".to_owned() };
        let kind_id = info.kinds.get(kind as usize).map_or("an undeclared kind", |k| &k.id);
        let reason_id = info.reasons.get(reason as usize).map_or("undeclared", |r| &r.id);
        format!("{kind_id} for the reason {reason_id}")
    }
}

impl<P: Plugin> Strategy for Compiled<P> {
    fn info(&self) -> &StrategyInfo {
        &self.manifest.info
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        self.plugin.propose(batch, sink)
    }

    fn norms(&self) -> &[Norm] {
        &self.manifest.norms
    }

    fn review(&mut self, brief: &Brief) -> Result<Vec<Remark>, StrategyError> {
        Ok(self.plugin.review(brief))
    }
}
