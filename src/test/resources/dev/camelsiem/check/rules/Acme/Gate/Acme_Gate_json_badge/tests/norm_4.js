{
  "action": "access",
  "category.generic": "Access",
  "category.high": "Access Management",
  "category.low": "Communication",
  "event_src.category": "Other",
  "event_src.ip": "192.0.2.9",
  "event_src.title": "gate",
  "event_src.vendor": "acme",
  "id": "Acme_Gate_json_badge",
  "importance": "low",
  "object": "resource",
  "status": "failure",
  "subject": "account",
  "subject.account.name": "bob",
  "time": "2024-05-06T07:08:09.000Z"
}
