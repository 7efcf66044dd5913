using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class CertificateDesigns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CertificateDesigns",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    EditionId = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "date", nullable: false),
                    TextFrFemale = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    TextFrMale = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    TextArFemale = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    TextArMale = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    MainColor = table.Column<int>(type: "int", nullable: false),
                    AccentColor = table.Column<int>(type: "int", nullable: false),
                    LogoHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    LogoText = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CertificateDesigns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CertificateIssuing",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    PausedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PausedBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    Reached = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CertificateIssuing", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CertificateDesigns_EditionId_Kind_ValidFrom",
                table: "CertificateDesigns",
                columns: new[] { "EditionId", "Kind", "ValidFrom" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CertificateDesigns");

            migrationBuilder.DropTable(
                name: "CertificateIssuing");
        }
    }
}
