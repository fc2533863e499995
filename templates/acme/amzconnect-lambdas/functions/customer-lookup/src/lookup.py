"""Finds a caller by phone number. Amazon Connect takes a flat map of strings as the answer."""
import json
import os

with open(os.path.join(os.path.dirname(__file__), "customers.json"), encoding="utf-8") as file:
    CUSTOMERS = json.load(file)


def handler(event, context):
    phone = event["Details"]["Parameters"].get("phone", "")
    customer = CUSTOMERS.get(phone)
    if customer is None:
        return {"known": "false", "greeting": "Welcome to ACME."}
    return {
        "known": "true",
        "name": customer["name"],
        "greeting": f"Welcome back to ACME, {customer['name']}.",
    }
