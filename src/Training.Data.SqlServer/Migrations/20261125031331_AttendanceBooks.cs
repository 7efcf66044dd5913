using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Training.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AttendanceBooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MarkReceipts");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_GroupId_Date",
                table: "Sessions");

            migrationBuilder.AddColumn<string>(
                name: "Note",
                table: "Sessions",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "PlannedOn",
                table: "Sessions",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ScheduleId",
                table: "Sessions",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Slot",
                table: "Sessions",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Minutes",
                table: "SessionModules",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AttendanceSettings",
                columns: table => new
                {
                    EditionId = table.Column<int>(type: "int", nullable: false),
                    AbsencesToCall = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AttendanceSettings", x => x.EditionId);
                });

            migrationBuilder.CreateTable(
                name: "CutOffs",
                columns: table => new
                {
                    EditionId = table.Column<int>(type: "int", nullable: false),
                    Through = table.Column<DateOnly>(type: "date", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CutOffs", x => new { x.EditionId, x.Through });
                });

            migrationBuilder.CreateTable(
                name: "HeldMarks",
                columns: table => new
                {
                    SessionId = table.Column<int>(type: "int", nullable: false),
                    MarkId = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    EnrollmentId = table.Column<int>(type: "int", nullable: false),
                    Status = table.Column<byte>(type: "tinyint", nullable: false),
                    Standing = table.Column<byte>(type: "tinyint", nullable: true),
                    Why = table.Column<byte>(type: "tinyint", nullable: false),
                    CapturedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SentBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DecidedBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    Decision = table.Column<byte>(type: "tinyint", nullable: true),
                    DecisionReason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HeldMarks", x => new { x.SessionId, x.MarkId });
                });

            migrationBuilder.CreateTable(
                name: "Holidays",
                columns: table => new
                {
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    NameFr = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    NameAr = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Provisional = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Holidays", x => x.Date);
                });

            migrationBuilder.CreateTable(
                name: "HoursMoves",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    By = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    ShiftMinutes = table.Column<int>(type: "int", nullable: true),
                    Start = table.Column<TimeOnly>(type: "time", nullable: true),
                    Minutes = table.Column<int>(type: "int", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    Sessions = table.Column<int>(type: "int", nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    UndoneBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HoursMoves", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LegalTimeChanges",
                columns: table => new
                {
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    Time = table.Column<TimeOnly>(type: "time", nullable: false),
                    OffsetMinutes = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LegalTimeChanges", x => x.Date);
                });

            migrationBuilder.CreateTable(
                name: "MarkBatches",
                columns: table => new
                {
                    SessionId = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    By = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Marks = table.Column<byte[]>(type: "varbinary(max)", maxLength: 2147483647, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MarkBatches", x => new { x.SessionId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "MarkChanges",
                columns: table => new
                {
                    SessionId = table.Column<int>(type: "int", nullable: false),
                    EnrollmentId = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    Before = table.Column<byte>(type: "tinyint", nullable: true),
                    After = table.Column<byte>(type: "tinyint", nullable: false),
                    Why = table.Column<byte>(type: "tinyint", nullable: false),
                    By = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    DecidedBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MarkChanges", x => new { x.SessionId, x.EnrollmentId, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "Schedules",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    GroupId = table.Column<int>(type: "int", nullable: false),
                    SiteId = table.Column<int>(type: "int", nullable: false),
                    RegionId = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    Pattern = table.Column<byte>(type: "tinyint", nullable: false),
                    Weekdays = table.Column<int>(type: "int", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    Start = table.Column<TimeOnly>(type: "time", nullable: false),
                    Minutes = table.Column<int>(type: "int", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Schedules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SessionAdults",
                columns: table => new
                {
                    SessionId = table.Column<int>(type: "int", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    AccountId = table.Column<int>(type: "int", nullable: true),
                    Name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SessionAdults", x => new { x.SessionId, x.Position });
                });

            migrationBuilder.CreateTable(
                name: "SessionChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    SessionId = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    By = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    DateBefore = table.Column<DateOnly>(type: "date", nullable: true),
                    StartBefore = table.Column<TimeOnly>(type: "time", nullable: true),
                    MinutesBefore = table.Column<int>(type: "int", nullable: true),
                    DateAfter = table.Column<DateOnly>(type: "date", nullable: true),
                    StartAfter = table.Column<TimeOnly>(type: "time", nullable: true),
                    MinutesAfter = table.Column<int>(type: "int", nullable: true),
                    MoveId = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SessionChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SessionChanges_Sessions_SessionId",
                        column: x => x.SessionId,
                        principalTable: "Sessions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            // Of sessions that were put twice at one hour the first keeps it; cancelled ones let theirs go.
            migrationBuilder.Sql(
                """
                UPDATE "Sessions" SET "Slot" = "Id"
                WHERE "Status" = 3 OR EXISTS (
                    SELECT 1 FROM "Sessions" AS o
                    WHERE o."GroupId" = "Sessions"."GroupId" AND o."Date" = "Sessions"."Date" AND o."Start" = "Sessions"."Start"
                        AND o."Id" < "Sessions"."Id" AND o."Status" <> 3)
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_GroupId_Date_Start_Slot",
                table: "Sessions",
                columns: new[] { "GroupId", "Date", "Start", "Slot" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ScheduleId",
                table: "Sessions",
                column: "ScheduleId");

            migrationBuilder.CreateIndex(
                name: "IX_HeldMarks_DecidedAt",
                table: "HeldMarks",
                column: "DecidedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Schedules_GroupId_From_To_Start_Weekdays",
                table: "Schedules",
                columns: new[] { "GroupId", "From", "To", "Start", "Weekdays" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SessionChanges_MoveId",
                table: "SessionChanges",
                column: "MoveId");

            migrationBuilder.CreateIndex(
                name: "IX_SessionChanges_SessionId",
                table: "SessionChanges",
                column: "SessionId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AttendanceSettings");

            migrationBuilder.DropTable(
                name: "CutOffs");

            migrationBuilder.DropTable(
                name: "HeldMarks");

            migrationBuilder.DropTable(
                name: "Holidays");

            migrationBuilder.DropTable(
                name: "HoursMoves");

            migrationBuilder.DropTable(
                name: "LegalTimeChanges");

            migrationBuilder.DropTable(
                name: "MarkBatches");

            migrationBuilder.DropTable(
                name: "MarkChanges");

            migrationBuilder.DropTable(
                name: "Schedules");

            migrationBuilder.DropTable(
                name: "SessionAdults");

            migrationBuilder.DropTable(
                name: "SessionChanges");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_GroupId_Date_Start_Slot",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ScheduleId",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Note",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "PlannedOn",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ScheduleId",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Slot",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Minutes",
                table: "SessionModules");

            migrationBuilder.CreateTable(
                name: "MarkReceipts",
                columns: table => new
                {
                    SessionId = table.Column<int>(type: "int", nullable: false),
                    MarkId = table.Column<byte[]>(type: "binary(16)", fixedLength: true, maxLength: 16, nullable: false),
                    CapturedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    EnrollmentId = table.Column<int>(type: "int", nullable: false),
                    MarkedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Status = table.Column<byte>(type: "tinyint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MarkReceipts", x => new { x.SessionId, x.MarkId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_GroupId_Date",
                table: "Sessions",
                columns: new[] { "GroupId", "Date" });
        }
    }
}
