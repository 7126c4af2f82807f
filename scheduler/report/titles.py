"""What an instance is called wherever something is shown of it."""

from models.programme.instance import Instance


def title_of(instance: Instance) -> str:
    """Return the title of an instance; made-up data is said to be so."""
    return f"{instance.title}{' (synthetic)' if instance.synthetic else ''}"
