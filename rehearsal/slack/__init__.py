"""A Slack on loopback that answers as Slack's Web API and incoming webhooks do, in the rehearsal's virtual time."""
