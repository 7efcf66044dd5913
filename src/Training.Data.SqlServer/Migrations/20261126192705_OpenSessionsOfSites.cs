using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class OpenSessionsOfSites : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sessions_SiteId_Status_Date",
                table: "Sessions");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_SiteId_Status_Date_EditionId",
                table: "Sessions",
                columns: new[] { "SiteId", "Status", "Date", "EditionId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sessions_SiteId_Status_Date_EditionId",
                table: "Sessions");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_SiteId_Status_Date",
                table: "Sessions",
                columns: new[] { "SiteId", "Status", "Date" });
        }
    }
}
