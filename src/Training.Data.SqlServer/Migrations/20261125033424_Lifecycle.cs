using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Lifecycle : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "OfferExpiresAt",
                table: "Enrollments",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "QueuedAgainAt",
                table: "Enrollments",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OfferHours",
                table: "Editions",
                type: "int",
                nullable: false,
                defaultValue: 72);

            migrationBuilder.CreateTable(
                name: "EnrollmentChanges",
                columns: table => new
                {
                    EnrollmentId = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    Act = table.Column<byte>(type: "tinyint", nullable: false),
                    By = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    FromSiteId = table.Column<int>(type: "int", nullable: false),
                    FromGroupId = table.Column<int>(type: "int", nullable: false),
                    FromStatus = table.Column<byte>(type: "tinyint", nullable: false),
                    ToSiteId = table.Column<int>(type: "int", nullable: false),
                    ToGroupId = table.Column<int>(type: "int", nullable: false),
                    ToStatus = table.Column<byte>(type: "tinyint", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    Note = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EnrollmentChanges", x => new { x.EnrollmentId, x.Version });
                    table.ForeignKey(
                        name: "FK_EnrollmentChanges_Enrollments_EnrollmentId",
                        column: x => x.EnrollmentId,
                        principalTable: "Enrollments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Transfers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    EnrollmentId = table.Column<int>(type: "int", nullable: false),
                    FromSiteId = table.Column<int>(type: "int", nullable: false),
                    FromRegionId = table.Column<int>(type: "int", nullable: false),
                    ToSiteId = table.Column<int>(type: "int", nullable: false),
                    ToRegionId = table.Column<int>(type: "int", nullable: false),
                    ToGroupId = table.Column<int>(type: "int", nullable: true),
                    MayWait = table.Column<bool>(type: "bit", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    AskedByReceiver = table.Column<bool>(type: "bit", nullable: false),
                    AskedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Status = table.Column<byte>(type: "tinyint", nullable: false),
                    Slot = table.Column<int>(type: "int", nullable: false),
                    DecidedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Transfers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Transfers_Enrollments_EnrollmentId",
                        column: x => x.EnrollmentId,
                        principalTable: "Enrollments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Enrollments_OfferExpiresAt",
                table: "Enrollments",
                column: "OfferExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Transfers_EnrollmentId_Slot",
                table: "Transfers",
                columns: new[] { "EnrollmentId", "Slot" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Transfers_FromSiteId_Slot",
                table: "Transfers",
                columns: new[] { "FromSiteId", "Slot" });

            migrationBuilder.CreateIndex(
                name: "IX_Transfers_ToSiteId_Slot",
                table: "Transfers",
                columns: new[] { "ToSiteId", "Slot" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EnrollmentChanges");

            migrationBuilder.DropTable(
                name: "Transfers");

            migrationBuilder.DropIndex(
                name: "IX_Enrollments_OfferExpiresAt",
                table: "Enrollments");

            migrationBuilder.DropColumn(
                name: "OfferExpiresAt",
                table: "Enrollments");

            migrationBuilder.DropColumn(
                name: "QueuedAgainAt",
                table: "Enrollments");

            migrationBuilder.DropColumn(
                name: "OfferHours",
                table: "Editions");
        }
    }
}
