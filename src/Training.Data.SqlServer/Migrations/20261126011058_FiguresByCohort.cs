using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
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

            migrationBuilder.DropPrimaryKey(
                name: "PK_GroupEnrollmentCells",
                table: "GroupEnrollmentCells");

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
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte>(
                name: "Setting",
                table: "Sites",
                type: "tinyint",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "SessionTallies",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "RestatedAt",
                table: "SessionTallies",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Held",
                table: "MonthCells",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "MonthCells",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Held",
                table: "ModuleCells",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "ModuleCells",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte>(
                name: "Sex",
                table: "GroupEnrollmentCells",
                type: "tinyint",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.AddColumn<byte>(
                name: "Cohort",
                table: "GroupEnrollmentCells",
                type: "tinyint",
                nullable: false,
                defaultValue: (byte)0);

            migrationBuilder.AddColumn<int>(
                name: "Held",
                table: "GroupCells",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "GroupCells",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddPrimaryKey(
                name: "PK_GroupEnrollmentCells",
                table: "GroupEnrollmentCells",
                columns: new[] { "EditionId", "SiteId", "GroupId", "Sex", "Cohort" });

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

            migrationBuilder.DropPrimaryKey(
                name: "PK_GroupEnrollmentCells",
                table: "GroupEnrollmentCells");

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
                name: "Sex",
                table: "GroupEnrollmentCells");

            migrationBuilder.DropColumn(
                name: "Cohort",
                table: "GroupEnrollmentCells");

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

            migrationBuilder.AddPrimaryKey(
                name: "PK_GroupEnrollmentCells",
                table: "GroupEnrollmentCells",
                columns: new[] { "EditionId", "SiteId", "GroupId" });
        }
    }
}
