"""What the memory of forms tells the house about itself."""

from privateoffice.foundations.once import tasks
from privateoffice.foundations.registry.declarations import Every, Room

room = Room(
    name="once",
    jobs=(Every("37 3 * * *", tasks.forget, "forms that were sent", once_for_the_house=True),),
)
