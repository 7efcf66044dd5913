using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DigitalCertificates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "BadgeAgeMin",
                table: "Editions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 15);

            migrationBuilder.AddColumn<bool>(
                name: "HijriDate",
                table: "CertificateDesigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "TextZghFemale",
                table: "CertificateDesigns",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TextZghMale",
                table: "CertificateDesigns",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TitleZgh",
                table: "CertificateDesigns",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "WithdrawnKeys",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WithdrawnKeys", x => x.Number);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "WithdrawnKeys");

            migrationBuilder.DropColumn(
                name: "BadgeAgeMin",
                table: "Editions");

            migrationBuilder.DropColumn(
                name: "HijriDate",
                table: "CertificateDesigns");

            migrationBuilder.DropColumn(
                name: "TextZghFemale",
                table: "CertificateDesigns");

            migrationBuilder.DropColumn(
                name: "TextZghMale",
                table: "CertificateDesigns");

            migrationBuilder.DropColumn(
                name: "TitleZgh",
                table: "CertificateDesigns");
        }
    }
}
