using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FiguresByCohort : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Figures are counted from the source: by the new rules a site's are counted anew as soon as a worker runs (SiteTally.Rules).
            foreach (var table in new[] { "SessionTallies", "SiteCells", "MonthCells", "GroupCells", "ModuleCells", "SiteEnrollmentCells", "GroupEnrollmentCells" })
                migrationBuilder.Sql($"DELETE FROM {table}");

            migrationBuilder.RenameColumn(
                name: "AgeBand",
                table: "SiteEnrollmentCells",
                newName: "Cohort");

            migrationBuilder.RenameColumn(
                name: "AgeBand",
                table: "SiteCells",
                newName: "Cohort");

            migrationBuilder.AddColumn<int>(
                name: "Rules",
                table: "SiteTallies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte>(
                name: "Setting",
                table: "Sites",
                type: "INTEGER",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "SessionTallies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "RestatedAt",
                table: "SessionTallies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Held",
                table: "MonthCells",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "MonthCells",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Held",
                table: "ModuleCells",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "ModuleCells",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Held",
                table: "GroupCells",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "GroupCells",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // Made empty, not made anew around its rows: they are counted again anyway.
            migrationBuilder.DropTable(
                name: "GroupEnrollmentCells");

            migrationBuilder.CreateTable(
                name: "GroupEnrollmentCells",
                columns: table => new
                {
                    EditionId = table.Column<int>(type: "INTEGER", nullable: false),
                    SiteId = table.Column<int>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<int>(type: "INTEGER", nullable: false),
                    Sex = table.Column<byte>(type: "INTEGER", nullable: false),
                    Cohort = table.Column<byte>(type: "INTEGER", nullable: false),
                    RegionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Active = table.Column<int>(type: "INTEGER", nullable: false),
                    Awaiting = table.Column<int>(type: "INTEGER", nullable: false),
                    Waiting = table.Column<int>(type: "INTEGER", nullable: false),
                    Withdrawn = table.Column<int>(type: "INTEGER", nullable: false),
                    Completed = table.Column<int>(type: "INTEGER", nullable: false),
                    Certificates = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupEnrollmentCells", x => new { x.EditionId, x.SiteId, x.GroupId, x.Sex, x.Cohort });
                });

            migrationBuilder.CreateIndex(
                name: "IX_SessionTallies_EditionId_RestatedAt",
                table: "SessionTallies",
                columns: new[] { "EditionId", "RestatedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SessionTallies_EditionId_RestatedAt",
                table: "SessionTallies");

            migrationBuilder.DropColumn(
                name: "Rules",
                table: "SiteTallies");

            migrationBuilder.DropColumn(
                name: "Setting",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "Minutes",
                table: "SessionTallies");

            migrationBuilder.DropColumn(
                name: "RestatedAt",
                table: "SessionTallies");

            migrationBuilder.DropColumn(
                name: "Held",
                table: "MonthCells");

            migrationBuilder.DropColumn(
                name: "Minutes",
                table: "MonthCells");

            migrationBuilder.DropColumn(
                name: "Held",
                table: "ModuleCells");

            migrationBuilder.DropColumn(
                name: "Minutes",
                table: "ModuleCells");

            migrationBuilder.DropColumn(
                name: "Held",
                table: "GroupCells");

            migrationBuilder.DropColumn(
                name: "Minutes",
                table: "GroupCells");

            migrationBuilder.RenameColumn(
                name: "Cohort",
                table: "SiteEnrollmentCells",
                newName: "AgeBand");

            migrationBuilder.RenameColumn(
                name: "Cohort",
                table: "SiteCells",
                newName: "AgeBand");

            // Made empty, not made anew around its rows: they are counted again anyway.
            migrationBuilder.DropTable(
                name: "GroupEnrollmentCells");

            migrationBuilder.CreateTable(
                name: "GroupEnrollmentCells",
                columns: table => new
                {
                    EditionId = table.Column<int>(type: "INTEGER", nullable: false),
                    SiteId = table.Column<int>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<int>(type: "INTEGER", nullable: false),
                    RegionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Active = table.Column<int>(type: "INTEGER", nullable: false),
                    Awaiting = table.Column<int>(type: "INTEGER", nullable: false),
                    Waiting = table.Column<int>(type: "INTEGER", nullable: false),
                    Withdrawn = table.Column<int>(type: "INTEGER", nullable: false),
                    Completed = table.Column<int>(type: "INTEGER", nullable: false),
                    Certificates = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupEnrollmentCells", x => new { x.EditionId, x.SiteId, x.GroupId });
                });
        }
    }
}
