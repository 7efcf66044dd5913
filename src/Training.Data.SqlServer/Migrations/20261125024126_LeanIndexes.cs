using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LeanIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Groups_SiteId_EditionId_Capacity_Taken",
                table: "Groups");

            migrationBuilder.CreateIndex(
                name: "IX_Groups_SiteId_EditionId",
                table: "Groups",
                columns: new[] { "SiteId", "EditionId" })
                .Annotation("SqlServer:Include", new[] { "Taken", "Capacity" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Groups_SiteId_EditionId",
                table: "Groups");

            migrationBuilder.CreateIndex(
                name: "IX_Groups_SiteId_EditionId_Capacity_Taken",
                table: "Groups",
                columns: new[] { "SiteId", "EditionId", "Capacity", "Taken" });
        }
    }
}
