"""First tables: zone, intake, enforcement, targets."""

import sqlalchemy as sa

from data.schema import base

from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('zone',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('timezone', sa.String(length=40), nullable=False),
    sa.Column('month_starts_on', sa.Integer(), nullable=False),
    sa.Column('grace_days', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('zone', name=op.f('pk_zone')),
    comment='One row is one development zone and its calendar.'
    )
    op.create_table('audit',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', base.Instant(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_audit_zone')),
    sa.PrimaryKeyConstraint('zone', 'entry', name=op.f('pk_audit')),
    comment="One row is one act of a person or of the loader, written in the act's own transaction."
    )
    op.create_table('deadline',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('filer', sa.String(length=40), nullable=False),
    sa.Column('every', sa.String(length=10), nullable=False),
    sa.Column('due_month', sa.Integer(), nullable=True),
    sa.Column('due_day', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_deadline_zone')),
    sa.PrimaryKeyConstraint('zone', 'kind', 'filer', name=op.f('pk_deadline')),
    comment='One row says that a filer (all, office, a group or a unit) files a kind, how often and by which day.'
    )
    op.create_table('installation',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('database', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_installation_zone')),
    sa.PrimaryKeyConstraint('zone', name=op.f('pk_installation')),
    comment='One row says under which name the journal knows this database.'
    )
    op.create_table('scheme',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('version', sa.String(length=20), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_scheme_zone')),
    sa.PrimaryKeyConstraint('zone', 'name', 'version', name=op.f('pk_scheme')),
    comment='One row is one version of a scheme (weights, targets, thresholds): its YAML text as an official reads it.'
    )
    op.create_table('sector',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('pilot', sa.Boolean(), nullable=False),
    sa.Column('settles_after_days', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_sector_zone')),
    sa.PrimaryKeyConstraint('zone', 'sector', name=op.f('pk_sector')),
    comment='One row is one sector (行业领域).'
    )
    op.create_table('unit',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('short_name', sa.String(length=100), nullable=False),
    sa.Column('group', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('may_penalise', sa.Boolean(), nullable=False),
    sa.Column('office', sa.Boolean(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_unit_zone')),
    sa.PrimaryKeyConstraint('zone', 'unit', name=op.f('pk_unit')),
    comment='One row is one unit that submits: a town, department or centre.'
    )
    op.create_table('enforcement_month',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('inspections', sa.BigInteger(), nullable=False),
    sa.Column('enterprises', sa.BigInteger(), nullable=False),
    sa.Column('problem_inspections', sa.BigInteger(), nullable=False),
    sa.Column('hazards', sa.BigInteger(), nullable=False),
    sa.Column('major_hazards', sa.BigInteger(), nullable=False),
    sa.Column('penalties', sa.BigInteger(), nullable=False),
    sa.Column('fines_yuan', base.Money(24), nullable=False),
    sa.Column('due_cases', sa.BigInteger(), nullable=False),
    sa.Column('closed_cases', sa.BigInteger(), nullable=False),
    sa.Column('due_hazards', sa.BigInteger(), nullable=False),
    sa.Column('rectified_hazards', sa.BigInteger(), nullable=False),
    sa.Column('overdue_major_change', sa.BigInteger(), nullable=False, comment='Add up to a month: cases overdue at its end'),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_enforcement_month_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'unit', 'month', name=op.f('pk_enforcement_month')),
    comment='One row is the sums of METHOD section 2 for one unit and month, recomputed with every load that touches them.'
    )
    op.create_table('sector_alias',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('alias', sa.String(length=60), nullable=False),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'sector'], ['sector.zone', 'sector.sector'], name=op.f('fk_sector_alias_zone_sector')),
    sa.PrimaryKeyConstraint('zone', 'alias', name=op.f('pk_sector_alias')),
    comment='One row is one other name of a sector.'
    )
    op.create_table('submission',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), autoincrement=False, nullable=False, comment="The receipt's number in the journal."),
    sa.Column('status', sa.String(length=12), nullable=False, comment='received, accepted, rejected or duplicate'),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=False),
    sa.Column('sender', sa.String(length=60), nullable=False),
    sa.Column('received_at', base.Instant(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('checked_at', base.Instant(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=True),
    sa.Column('unit', sa.String(length=40), nullable=True),
    sa.Column('period', sa.String(length=10), nullable=True),
    sa.Column('version', sa.Integer(), nullable=True, comment='Counts the accepted workbooks of one kind, unit and period.'),
    sa.Column('rows', sa.Integer(), nullable=True),
    sa.Column('layout', sa.JSON(), nullable=True, comment='Where the tables stood: {table: {sheet, header_row, columns: {key: letter}}}'),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_submission_zone_unit')),
    sa.ForeignKeyConstraint(['zone'], ['zone.zone'], name=op.f('fk_submission_zone')),
    sa.PrimaryKeyConstraint('zone', 'submission', name=op.f('pk_submission')),
    sa.UniqueConstraint('zone', 'kind', 'unit', 'period', 'version', name=op.f('uq_submission_zone_kind_unit_period_version')),
    comment='One row is one workbook received: what became of it, and which kind, unit, period and version it is.'
    )
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.create_index('ix_submission_due', ['zone', 'kind', 'period', 'unit', 'status'], unique=False)

    op.create_table('unit_alias',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('alias', sa.String(length=100), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_unit_alias_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'alias', name=op.f('pk_unit_alias')),
    comment='One row is one other name by which offices call a unit.'
    )
    op.create_table('casualty_cap',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=True, comment='null: the whole zone'),
    sa.Column('sector', sa.String(length=40), nullable=True, comment='null: all sectors'),
    sa.Column('cap', sa.Integer(), nullable=True, comment='Deaths not to be exceeded; null where given as a change on last year'),
    sa.Column('change_percent', sa.Numeric(precision=7, scale=2), nullable=True, comment="Change on last year's deaths, e.g. -5.00"),
    sa.ForeignKeyConstraint(['zone', 'sector'], ['sector.zone', 'sector.sector'], name=op.f('fk_casualty_cap_zone_sector')),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_casualty_cap_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_casualty_cap_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_casualty_cap')),
    comment='One row is one cap of 亡人指标 in one accepted workbook.'
    )
    op.create_table('inspection',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('number', sa.Text(), nullable=False, comment='检查文书号 as written'),
    sa.Column('number_key', sa.Text(), nullable=False, comment='检查文书号 as compared'),
    sa.Column('inspected_on', sa.Date(), nullable=False),
    sa.Column('enterprise', sa.Text(), nullable=False),
    sa.Column('enterprise_key', sa.Text(), nullable=False, comment='What makes two enterprises the same (METHOD 2)'),
    sa.Column('credit_code', sa.String(length=18), nullable=True),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('territory', sa.Text(), nullable=True),
    sa.Column('method', sa.String(length=20), nullable=True),
    sa.Column('inspectors', sa.Text(), nullable=True),
    sa.Column('hazards', sa.Integer(), nullable=False),
    sa.Column('major_hazards', sa.Integer(), nullable=False),
    sa.Column('rectify_by', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True, comment='rectify_by + days of grace; null without hazards'),
    sa.Column('due_month', sa.String(length=7), nullable=True, comment='Statistical month of due_on'),
    sa.Column('rectified', sa.Integer(), nullable=True),
    sa.Column('penalised', sa.Boolean(), nullable=False),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('decision_key', sa.Text(), nullable=True, comment='处罚决定书号 as compared; null where it does not count as a penalty'),
    sa.Column('penalty_kind', sa.Text(), nullable=True),
    sa.Column('fine_yuan', base.Money(16), nullable=True),
    sa.Column('reinspected_on', sa.Date(), nullable=True),
    sa.Column('conclusion', sa.String(length=10), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_inspection_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_inspection')),
    comment='One row is one row of 执法检查台账 in one accepted workbook: one case.'
    )
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.create_index('ix_inspection_number', ['zone', 'number_key'], unique=False)

    op.create_table('inspection_plan',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('inspections', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_inspection_plan_zone_submission')),
    sa.ForeignKeyConstraint(['zone', 'unit'], ['unit.zone', 'unit.unit'], name=op.f('fk_inspection_plan_zone_unit')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', 'month', name=op.f('pk_inspection_plan')),
    comment='One row is the inspections that one unit plans for one month.'
    )
    op.create_table('reinspection',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False, comment='Row on the sheet as the clerk sees it.'),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('number_key', sa.Text(), nullable=False),
    sa.Column('reinspected_on', sa.Date(), nullable=True),
    sa.Column('conclusion', sa.String(length=10), nullable=True),
    sa.Column('rectified', sa.Integer(), nullable=True),
    sa.Column('penalised', sa.Boolean(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('decision_key', sa.Text(), nullable=True, comment='The decision that this row tells of; null where none counts'),
    sa.Column('penalty_kind', sa.Text(), nullable=True),
    sa.Column('fine_yuan', base.Money(16), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_reinspection_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'row', name=op.f('pk_reinspection')),
    comment='One row is one row of 整改复查 in one accepted workbook: news of a case.'
    )
    with op.batch_alter_table('reinspection', schema=None) as batch_op:
        batch_op.create_index('ix_reinspection_number', ['zone', 'unit', 'number_key'], unique=False)

    op.create_table('submission_problem',
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('submission', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('severity', sa.String(length=8), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('sheet', sa.Text(), nullable=True),
    sa.Column('cell', sa.String(length=12), nullable=True),
    sa.Column('column', sa.Text(), nullable=True),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False, comment='Message id of the sentence about it'),
    sa.Column('parameters', sa.JSON(), nullable=False, comment='What the sentence is filled with'),
    sa.ForeignKeyConstraint(['zone', 'submission'], ['submission.zone', 'submission.submission'], name=op.f('fk_submission_problem_zone_submission')),
    sa.PrimaryKeyConstraint('zone', 'submission', 'position', name=op.f('pk_submission_problem')),
    comment='One row is one problem found in a workbook, at one cell or at several alike.'
    )


def downgrade() -> None:
    op.drop_table('submission_problem')
    with op.batch_alter_table('reinspection', schema=None) as batch_op:
        batch_op.drop_index('ix_reinspection_number')

    op.drop_table('reinspection')
    op.drop_table('inspection_plan')
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.drop_index('ix_inspection_number')

    op.drop_table('inspection')
    op.drop_table('casualty_cap')
    op.drop_table('unit_alias')
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.drop_index('ix_submission_due')

    op.drop_table('submission')
    op.drop_table('sector_alias')
    op.drop_table('enforcement_month')
    op.drop_table('unit')
    op.drop_table('sector')
    op.drop_table('scheme')
    op.drop_table('installation')
    op.drop_table('deadline')
    op.drop_table('audit')
    op.drop_table('zone')
