package db

// The migrations of a test are its own.
var (
	MigrateUpFrom       = migrateUp
	MigrateDownTo       = migrateDown
	MigrationStatusFrom = migrationStatus
)
