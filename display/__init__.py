"""The lobby's board: whom we call and to which desk. It only listens; nothing can be done here."""
