{
  "action": "access",
  "category.generic": "Access",
  "category.high": "Access Management",
  "category.low": "Communication",
  "event_src.category": "Other",
  "event_src.ip": "127.0.0.1",
  "event_src.title": "gate",
  "event_src.vendor": "acme",
  "id": "Acme_Gate_json_badge",
  "importance": "low",
  "numfield1": 7,
  "object": "resource",
  "status": "success",
  "subject": "account",
  "subject.account.name": "anna",
  "time": "2024-05-06T07:08:09.000Z"
}
