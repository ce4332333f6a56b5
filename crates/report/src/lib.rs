//! Loads, saves, redacts and renders reports.
