using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LeanIndexes : Migration
    {
        private static readonly string[] Codes = ["MassarCode", "FifaId"];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Groups_SiteId_EditionId_Capacity_Taken",
                table: "Groups");

            migrationBuilder.CreateIndex(
                name: "IX_Groups_SiteId_EditionId",
                table: "Groups",
                columns: new[] { "SiteId", "EditionId" });

            // Made anew, since only now the model says which rows they hold.
            foreach (var column in Codes)
            {
                migrationBuilder.DropIndex(name: $"IX_Participants_{column}", table: "Participants");
                migrationBuilder.CreateIndex(name: $"IX_Participants_{column}", table: "Participants", column: column);
            }
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
