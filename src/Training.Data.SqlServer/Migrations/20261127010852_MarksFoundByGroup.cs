using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
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
                    GroupId = table.Column<int>(type: "int", nullable: false),
                    EnrollmentId = table.Column<int>(type: "int", nullable: false)
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
                INSERT INTO [MarkedGroups] ([GroupId], [EnrollmentId])
                SELECT DISTINCT s.[GroupId], m.[EnrollmentId] FROM [AttendanceMarks] AS m JOIN [Sessions] AS s ON s.[Id] = m.[SessionId];
                """);

            migrationBuilder.CreateIndex(
                name: "IX_MarkedGroups_EnrollmentId",
                table: "MarkedGroups",
                column: "EnrollmentId");
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
