using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
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
                type: "int",
                nullable: false,
                defaultValue: 15);

            migrationBuilder.AddColumn<bool>(
                name: "HijriDate",
                table: "CertificateDesigns",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "TextZghFemale",
                table: "CertificateDesigns",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TextZghMale",
                table: "CertificateDesigns",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TitleZgh",
                table: "CertificateDesigns",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "WithdrawnKeys",
                columns: table => new
                {
                    Number = table.Column<int>(type: "int", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
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
