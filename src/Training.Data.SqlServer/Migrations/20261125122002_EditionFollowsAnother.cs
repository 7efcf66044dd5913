using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class EditionFollowsAnother : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "FollowsId",
                table: "Editions",
                type: "int",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Editions_FollowsId",
                table: "Editions",
                column: "FollowsId",
                unique: true,
                filter: "[FollowsId] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Editions_FollowsId",
                table: "Editions");

            migrationBuilder.DropColumn(
                name: "FollowsId",
                table: "Editions");
        }
    }
}
