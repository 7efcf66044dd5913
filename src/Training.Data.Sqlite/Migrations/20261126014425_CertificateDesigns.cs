using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.Sqlite.Migrations
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
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    EditionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<byte>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    TextFrFemale = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    TextFrMale = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    TextArFemale = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    TextArMale = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    MainColor = table.Column<int>(type: "INTEGER", nullable: false),
                    AccentColor = table.Column<int>(type: "INTEGER", nullable: false),
                    LogoHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    LogoText = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CertificateDesigns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CertificateIssuing",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    PausedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    PausedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Reached = table.Column<int>(type: "INTEGER", nullable: false)
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
