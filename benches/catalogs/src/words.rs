//! The words that names and descriptions are made of.

/// What the events of an area are about.
pub(crate) const NOUNS: [&str; 24] = [
    "cart",
    "invoice",
    "parcel",
    "profile",
    "session",
    "ticket",
    "campaign",
    "coupon",
    "device",
    "document",
    "export",
    "import",
    "listing",
    "message",
    "order",
    "payment",
    "playlist",
    "project",
    "refund",
    "report",
    "review",
    "search",
    "upload",
    "workspace",
];

/// What can happen to any of them; an area has at most as many events.
pub(crate) const VERBS: [&str; 10] = [
    "opened", "changed", "shared", "approved", "rejected", "archived", "restored", "exported",
    "assigned", "closed",
];

/// The enums of an area: what they are called after the noun, what they tell apart, and their values.
pub(crate) const ENUMS: [(&str, &str, [&str; 4]); 6] = [
    (
        "Status",
        "Where in its life it was",
        ["draft", "active", "paused", "done"],
    ),
    (
        "Origin",
        "What the person used",
        ["web", "ios", "android", "api"],
    ),
    (
        "Priority",
        "How soon somebody must look at it",
        ["low", "normal", "high", "urgent"],
    ),
    (
        "Visibility",
        "Who may see it",
        ["owner", "team", "company", "everybody"],
    ),
    (
        "Outcome",
        "How the attempt ended",
        ["accepted", "refused", "expired", "failed"],
    ),
    (
        "Channel",
        "How the person was told",
        ["email", "push", "text_message", "none"],
    ),
];

/// Names of fields by what they hold. No name stands in two rows, so that an event may have one of each.
pub(crate) mod fields {
    pub(crate) const TEXT: [&str; 6] = [
        "title",
        "route",
        "locale",
        "currency",
        "app_version",
        "page_path",
    ];
    pub(crate) const OPTIONAL_TEXT: [&str; 6] = [
        "user_agent",
        "referrer",
        "comment",
        "error_message",
        "campaign_code",
        "previous_title",
    ];
    pub(crate) const NUMBER: [&str; 6] = [
        "item_count",
        "duration_ms",
        "response_size",
        "attempt",
        "position",
        "total_minor",
    ];
    pub(crate) const SHARE: [&str; 6] = [
        "score",
        "share_done",
        "latency_seconds",
        "rating",
        "confidence",
        "ratio",
    ];
    pub(crate) const FLAG: [&str; 6] = [
        "first_time",
        "automatic",
        "sampled",
        "is_trial",
        "was_cached",
        "by_support",
    ];
    pub(crate) const ID: [&str; 6] = [
        "request_id",
        "object_id",
        "account_id",
        "folder_id",
        "batch_id",
        "revision_id",
    ];
    pub(crate) const OPTIONAL_ID: [&str; 6] = [
        "parent_id",
        "invited_by",
        "experiment_id",
        "replaces_id",
        "trace_id",
        "owner_id",
    ];
    pub(crate) const OPTIONAL_TIME: [&str; 6] = [
        "due_at",
        "started_at",
        "last_seen_at",
        "expires_at",
        "scheduled_at",
        "confirmed_at",
    ];
    pub(crate) const LIST: [&str; 6] = [
        "tags",
        "labels",
        "permissions",
        "warnings",
        "sku_codes",
        "recipients",
    ];
    pub(crate) const MAP: [&str; 6] = [
        "attributes",
        "query_parameters",
        "feature_flags",
        "custom_fields",
        "properties",
        "response_headers",
    ];
}
