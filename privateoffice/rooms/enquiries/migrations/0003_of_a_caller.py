"""What the same caller asked before, newest first, without a look at everything else."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enquiries', '0002_kinds'),
        ('offices', '0002_invitations'),
        ('records', '0004_ended_at'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['caller', '-received_at'], name='enquiries_of_a_caller'),
        ),
    ]
