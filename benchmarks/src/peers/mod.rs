//! One file per peer, each with the job as its users would write it.

pub(crate) mod axum_handler;
pub(crate) mod axum_layer;
pub(crate) mod axum_span;
pub(crate) mod dispatcher;
pub(crate) mod dropshot;
pub(crate) mod floor;
pub(crate) mod hyper;
pub(crate) mod in_process;
pub(crate) mod jsonrpsee;
pub(crate) mod poem_openapi;
pub(crate) mod rmcp;
pub(crate) mod router;
pub(crate) mod table;
