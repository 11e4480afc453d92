"""The service catalogue: what a form is, and reading a catalogue from a file."""

from knowledge.catalogue.form import (
    AUDIENCES,
    BILLING_FIELDS,
    Billing,
    Catalogue,
    Field,
    FieldType,
    Form,
    Kind,
)

__all__ = ["AUDIENCES", "BILLING_FIELDS", "Billing", "Catalogue", "Field", "FieldType", "Form", "Kind"]
