using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ChildrenByArrival : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Participants_BirthDate_Sex_NameKey",
                table: "Participants");

            // Not by a table made anew, which no transaction could hold together.
            migrationBuilder.Sql("""ALTER TABLE "Participants" DROP COLUMN "NameKey";""");

            migrationBuilder.AddColumn<string>(
                name: "ConfirmedBy",
                table: "Imports",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ConfirmerScope",
                table: "Imports",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Participants_BirthDate_Sex",
                table: "Participants",
                columns: new[] { "BirthDate", "Sex" });

            migrationBuilder.CreateIndex(
                name: "IX_Participants_CreatedAt",
                table: "Participants",
                column: "CreatedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Participants_BirthDate_Sex",
                table: "Participants");

            migrationBuilder.DropIndex(
                name: "IX_Participants_CreatedAt",
                table: "Participants");

            migrationBuilder.DropColumn(
                name: "ConfirmedBy",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "ConfirmerScope",
                table: "Imports");

            migrationBuilder.AddColumn<string>(
                name: "NameKey",
                table: "Participants",
                type: "TEXT",
                maxLength: 130,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_Participants_BirthDate_Sex_NameKey",
                table: "Participants",
                columns: new[] { "BirthDate", "Sex", "NameKey" });
        }
    }
}
