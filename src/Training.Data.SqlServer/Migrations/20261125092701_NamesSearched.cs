using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class NamesSearched : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Participants_FamilyName_GivenName",
                table: "Participants",
                columns: new[] { "FamilyName", "GivenName" });

            migrationBuilder.CreateIndex(
                name: "IX_Participants_FamilyNameAr_GivenNameAr",
                table: "Participants",
                columns: new[] { "FamilyNameAr", "GivenNameAr" });

            migrationBuilder.CreateIndex(
                name: "IX_Participants_GivenName",
                table: "Participants",
                column: "GivenName");

            migrationBuilder.CreateIndex(
                name: "IX_Participants_GivenNameAr",
                table: "Participants",
                column: "GivenNameAr");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Participants_FamilyName_GivenName",
                table: "Participants");

            migrationBuilder.DropIndex(
                name: "IX_Participants_FamilyNameAr_GivenNameAr",
                table: "Participants");

            migrationBuilder.DropIndex(
                name: "IX_Participants_GivenName",
                table: "Participants");

            migrationBuilder.DropIndex(
                name: "IX_Participants_GivenNameAr",
                table: "Participants");
        }
    }
}
