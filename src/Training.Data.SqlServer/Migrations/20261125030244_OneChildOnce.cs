using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class OneChildOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "MergedIntoId",
                table: "Participants",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MergedIntoId",
                table: "Enrollments",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DuplicatePairs",
                columns: table => new
                {
                    LowId = table.Column<int>(type: "int", nullable: false),
                    HighId = table.Column<int>(type: "int", nullable: false),
                    Decision = table.Column<byte>(type: "tinyint", nullable: false),
                    Strength = table.Column<byte>(type: "tinyint", nullable: false),
                    Reasons = table.Column<int>(type: "int", nullable: false),
                    Source = table.Column<byte>(type: "tinyint", nullable: false),
                    FoundAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DecidedBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Note = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DuplicatePairs", x => new { x.LowId, x.HighId });
                });

            migrationBuilder.CreateTable(
                name: "DuplicateSweep",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    FinishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Cursor = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Holder = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Added = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DuplicateSweep", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Merges",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    SurvivorId = table.Column<int>(type: "int", nullable: false),
                    RetiredId = table.Column<int>(type: "int", nullable: false),
                    Filled = table.Column<int>(type: "int", nullable: false),
                    MergedBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    MergedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Why = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    Slot = table.Column<int>(type: "int", nullable: false),
                    SeparatedBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    SeparatedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SeparatedWhy = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Merges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MergeMoves",
                columns: table => new
                {
                    MergeId = table.Column<int>(type: "int", nullable: false),
                    Thing = table.Column<byte>(type: "tinyint", nullable: false),
                    RowId = table.Column<int>(type: "int", nullable: false),
                    Before = table.Column<int>(type: "int", nullable: false),
                    Extra = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MergeMoves", x => new { x.MergeId, x.Thing, x.RowId });
                    table.ForeignKey(
                        name: "FK_MergeMoves_Merges_MergeId",
                        column: x => x.MergeId,
                        principalTable: "Merges",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Participants_LicenceNumber",
                table: "Participants",
                column: "LicenceNumber");

            migrationBuilder.CreateIndex(
                name: "IX_Participants_MergedIntoId",
                table: "Participants",
                column: "MergedIntoId");

            migrationBuilder.CreateIndex(
                name: "IX_Enrollments_MergedIntoId",
                table: "Enrollments",
                column: "MergedIntoId");

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_Decision_Strength_LowId_HighId",
                table: "DuplicatePairs",
                columns: new[] { "Decision", "Strength", "LowId", "HighId" });

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_HighId",
                table: "DuplicatePairs",
                column: "HighId");

            migrationBuilder.CreateIndex(
                name: "IX_Merges_RetiredId_Slot",
                table: "Merges",
                columns: new[] { "RetiredId", "Slot" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Merges_SurvivorId",
                table: "Merges",
                column: "SurvivorId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DuplicatePairs");

            migrationBuilder.DropTable(
                name: "DuplicateSweep");

            migrationBuilder.DropTable(
                name: "MergeMoves");

            migrationBuilder.DropTable(
                name: "Merges");

            migrationBuilder.DropIndex(
                name: "IX_Participants_LicenceNumber",
                table: "Participants");

            migrationBuilder.DropIndex(
                name: "IX_Participants_MergedIntoId",
                table: "Participants");

            migrationBuilder.DropIndex(
                name: "IX_Enrollments_MergedIntoId",
                table: "Enrollments");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "Participants");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "Enrollments");
        }
    }
}
