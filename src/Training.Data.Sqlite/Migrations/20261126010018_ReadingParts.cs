using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ReadingParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<short>(
                name: "Parts",
                table: "FileReadings",
                type: "INTEGER",
                nullable: false,
                defaultValue: (short)0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Parts",
                table: "FileReadings");
        }
    }
}
