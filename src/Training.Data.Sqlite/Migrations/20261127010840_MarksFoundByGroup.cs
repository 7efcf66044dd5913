using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class MarksFoundByGroup : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AttendanceMarks_EnrollmentId",
                table: "AttendanceMarks");

            migrationBuilder.CreateTable(
                name: "MarkedGroups",
                columns: table => new
                {
                    GroupId = table.Column<int>(type: "INTEGER", nullable: false),
                    EnrollmentId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MarkedGroups", x => new { x.GroupId, x.EnrollmentId });
                    table.ForeignKey(
                        name: "FK_MarkedGroups_Enrollments_EnrollmentId",
                        column: x => x.EnrollmentId,
                        principalTable: "Enrollments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MarkedGroups_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.Sql(
                """
                INSERT INTO "MarkedGroups" ("GroupId", "EnrollmentId")
                SELECT DISTINCT s."GroupId", m."EnrollmentId" FROM "AttendanceMarks" AS m JOIN "Sessions" AS s ON s."Id" = m."SessionId" ORDER BY 1, 2;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_MarkedGroups_EnrollmentId",
                table: "MarkedGroups",
                column: "EnrollmentId");

            // The ledger gets row ids. SQLite changes no table's kind in place; nothing points to this one, so that it is made anew within the transaction.
            migrationBuilder.Sql(
                """
                CREATE TABLE "NewMarkBatches" (
                    "SessionId" INTEGER NOT NULL,
                    "Number" INTEGER NOT NULL,
                    "By" TEXT NOT NULL,
                    "Marks" BLOB NULL,
                    "ReceivedAt" TEXT NOT NULL,
                    "Version" INTEGER NOT NULL,
                    CONSTRAINT "PK_MarkBatches" PRIMARY KEY ("SessionId", "Number")
                );
                INSERT INTO "NewMarkBatches" ("SessionId", "Number", "By", "Marks", "ReceivedAt", "Version")
                SELECT "SessionId", "Number", "By", "Marks", "ReceivedAt", "Version" FROM "MarkBatches" ORDER BY "ReceivedAt";
                DROP TABLE "MarkBatches";
                ALTER TABLE "NewMarkBatches" RENAME TO "MarkBatches";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MarkedGroups");

            migrationBuilder.CreateIndex(
                name: "IX_AttendanceMarks_EnrollmentId",
                table: "AttendanceMarks",
                column: "EnrollmentId");
        }
    }
}
