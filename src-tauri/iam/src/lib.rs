//! IBM Cloud's Identity and Access Management over HTTP: API keys are exchanged for tokens.
