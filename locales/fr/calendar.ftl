### Le calendrier de contenu : pourquoi un fichier est refusé.

calendar-mistake = Ligne { $row }, colonne « { $column } » : { $problem }

calendar-mistakes-more =
    { $count ->
        [one] Et une autre erreur.
       *[other] Et { $shown } autres erreurs.
    }

calendar-nothing-imported = Rien n’a été importé. Corrigez le fichier, puis importez-le de nouveau, avec ses images.

calendar-too-large = Le fichier est trop lourd. Un calendrier fait au plus { $megabytes } Mo.

calendar-too-many-rows = Le fichier a plus de { $limit } lignes. Divisez-le en deux.

calendar-empty = Le fichier est vide. Sa première ligne nomme les colonnes : { $columns }.

calendar-no-rows = Le fichier nomme ses colonnes, mais n’a aucune ligne au-dessous. Ajoutez une ligne par action.

calendar-not-utf8 = La ligne { $line } contient des caractères illisibles. Enregistrez le calendrier en « CSV UTF-8 » ou en classeur .xlsx.

calendar-unclosed-quote = Un guillemet s’ouvre à la ligne { $row } et ne se ferme jamais. Fermez-le, ou doublez-le s’il fait partie d’un texte.

calendar-old-workbook = Ce classeur a un mot de passe ou un ancien format. Enregistrez-le en .xlsx sans mot de passe, ou en CSV.

calendar-broken-workbook = Ce classeur est illisible. Ouvrez-le dans un tableur, puis enregistrez-le de nouveau en .xlsx ou en CSV.

calendar-broken-formula = La formule de la cellule { $cell } donne une erreur. Corrigez-la, ou écrivez la valeur elle-même.

calendar-no-header = La première ligne ne nomme pas les colonnes. Ce sont { $columns }.

calendar-column-missing = La colonne « { $column } » manque. Ajoutez-la ; ses cellules peuvent être vides.

calendar-column-unknown = La colonne « { $given } » ne fait pas partie d’un calendrier. Renommez-la ou retirez-la.

calendar-column-unknown-near = La colonne « { $given } » ne fait pas partie d’un calendrier. Vouliez-vous dire « { $nearest } » ?

calendar-column-repeated = La colonne « { $column } » figure plus d’une fois. Gardez-en une.

calendar-columns-more =
    { $count ->
        [one] Une autre colonne est à corriger.
       *[other] { $shown } autres colonnes sont à corriger.
    }

calendar-stray-cell = La ligne { $row } a un texte dans une cellule sans colonne. Retirez-le, ou mettez entre guillemets le texte qui contient une virgule ou un point-virgule.
