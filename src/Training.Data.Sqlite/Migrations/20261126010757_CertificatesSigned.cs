using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CertificatesSigned : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ContentHash",
                table: "Certificates",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Revision",
                table: "Certificates",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<byte[]>(
                name: "Statement",
                table: "Certificates",
                type: "BLOB",
                maxLength: 101,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CertificateChecks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CertificateId = table.Column<int>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<byte>(type: "INTEGER", nullable: false),
                    Door = table.Column<byte>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CertificateChecks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CertificateRevisions",
                columns: table => new
                {
                    CertificateId = table.Column<int>(type: "INTEGER", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    FileHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ReplacedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CertificateRevisions", x => new { x.CertificateId, x.Revision });
                    table.ForeignKey(
                        name: "FK_CertificateRevisions_Certificates_CertificateId",
                        column: x => x.CertificateId,
                        principalTable: "Certificates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RevocationCases",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    CertificateId = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<byte>(type: "INTEGER", nullable: false),
                    RaisedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    RaisedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AgreedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Outcome = table.Column<byte>(type: "INTEGER", nullable: false),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Slot = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RevocationCases", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RevocationCases_Certificates_CertificateId",
                        column: x => x.CertificateId,
                        principalTable: "Certificates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CertificateChecks_CertificateId",
                table: "CertificateChecks",
                column: "CertificateId");

            migrationBuilder.CreateIndex(
                name: "IX_RevocationCases_CertificateId_Slot",
                table: "RevocationCases",
                columns: new[] { "CertificateId", "Slot" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RevocationCases_Outcome",
                table: "RevocationCases",
                column: "Outcome");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CertificateChecks");

            migrationBuilder.DropTable(
                name: "CertificateRevisions");

            migrationBuilder.DropTable(
                name: "RevocationCases");

            migrationBuilder.DropColumn(
                name: "ContentHash",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "Statement",
                table: "Certificates");
        }
    }
}
