using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ChosenColumns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Choice",
                table: "Imports",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsChoiceRemembered",
                table: "Imports",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "ImportLayouts",
                columns: table => new
                {
                    SiteId = table.Column<int>(type: "int", nullable: false),
                    Shape = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Choice = table.Column<string>(type: "nvarchar(max)", maxLength: 20000, nullable: false),
                    SaidAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportLayouts", x => new { x.SiteId, x.Shape });
                    table.ForeignKey(
                        name: "FK_ImportLayouts_Sites_SiteId",
                        column: x => x.SiteId,
                        principalTable: "Sites",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ImportLayouts");

            migrationBuilder.DropColumn(
                name: "Choice",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "IsChoiceRemembered",
                table: "Imports");
        }
    }
}
