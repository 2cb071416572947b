"""The methods of Slack's Web API that the local Slack answers, one file per family."""
